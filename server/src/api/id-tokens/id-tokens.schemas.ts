import { type Static, Type } from 'typebox';
import { Cursor, Limit, nullable, pageOf, replacementOf, Time, TimeParameter } from '../common.schemas.ts';

export const ID_TOKEN_STATUSES = ['Accepted', 'Blocked', 'Expired', 'Invalid'] as const;
/** OCPP 2.x takes 36 characters (2.1: 255), OCPP 1.6 takes 20. */
const TokenText = Type.String({ minLength: 1, maxLength: 255, examples: ['04A2B3C4D5'] });

export const IdToken = Type.Object({
  idToken: TokenText,
  type: Type.String(),
  status: Type.Enum([...ID_TOKEN_STATUSES]),
  expiresAt: nullable(Time),
  groupIdToken: nullable(Type.String(), {
    description: 'Tokens of one group may end each other’s sessions. In OCPP 1.6 the parentIdTag.',
  }),
  concurrentLimit: nullable(Type.Integer(), {
    description: 'In how many sessions it may be at once, more is ConcurrentTx. null: in any number.',
  }),
  language: nullable(Type.String()),
  note: nullable(Type.String()),
  createdAt: Time,
  updatedAt: Time,
});
export const IdTokenPage = pageOf(IdToken);

const changeable = {
  type: Type.Optional(Type.String({ minLength: 1, maxLength: 20, default: 'ISO14443' })),
  status: Type.Optional(Type.Enum([...ID_TOKEN_STATUSES], { default: 'Accepted' })),
  expiresAt: Type.Optional(nullable(TimeParameter)),
  groupIdToken: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 255 }))),
  concurrentLimit: Type.Optional(
    nullable(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 }), {
      description: 'In how many sessions it may be at once; null: in any number. Default 1.',
    }),
  ),
  language: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 8, examples: ['en', 'ja'] }))),
  note: Type.Optional(nullable(Type.String({ maxLength: 500 }))),
};
export const NewIdToken = Type.Object({ idToken: TokenText, ...changeable }, { additionalProperties: false });
export const IdTokenBody = replacementOf(IdToken, Type.Object(changeable));
export type IdTokenBody = Static<typeof IdTokenBody>;
export const IdTokenParams = Type.Object({ idToken: TokenText });

export const IdTokensQuery = Type.Object(
  {
    search: Type.Optional(Type.String({ maxLength: 255 })),
    limit: Limit(100, 1000),
    cursor: Type.Optional(Cursor),
    format: Type.Optional(Type.Enum(['json', 'csv'])),
  },
  { additionalProperties: false },
);

export const IdTokenUses = Type.Object({
  sessions: Type.Array(Type.Object({ id: Type.String(), thingName: Type.String(), transactionId: Type.String() }), {
    description: 'Those that go on.',
  }),
  groupMembers: Type.Integer({ description: 'How many tokens have it as their group.' }),
  localLists: Type.Array(Type.String(), { description: 'Charge points whose local list holds it.' }),
});

export const IdTokenImport = Type.Object({
  preview: Type.Boolean(),
  imported: Type.Integer(),
  refused: Type.Integer(),
  rows: Type.Array(
    Type.Object({
      line: Type.Integer(),
      idToken: Type.String(),
      outcome: Type.Enum(['added', 'replaced', 'refused']),
      message: Type.Optional(Type.String()),
    }),
  ),
});

export const UnknownTokens = Type.Object({
  items: Type.Array(
    Type.Object({
      idToken: Type.String(),
      type: nullable(Type.String()),
      thingName: Type.String({ description: 'Where it was seen last.' }),
      tries: Type.Integer(),
      firstAt: Time,
      lastAt: Time,
    }),
  ),
});

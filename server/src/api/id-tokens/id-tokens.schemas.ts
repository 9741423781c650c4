import { Type } from 'typebox';
import { Cursor, Limit, nullable, pageOf, Time, TimeParameter } from '../common.schemas.ts';

const Status = Type.Enum(['Accepted', 'Blocked', 'Expired', 'Invalid']);
/** OCPP 2.x takes 36 characters (2.1: 255), OCPP 1.6 takes 20. */
const TokenText = Type.String({ minLength: 1, maxLength: 255, examples: ['04A2B3C4D5'] });

export const IdToken = Type.Object({
  idToken: TokenText,
  type: Type.String(),
  status: Status,
  expiresAt: nullable(Time),
  groupIdToken: nullable(Type.String()),
  concurrent: Type.Boolean({ description: 'May it be used by several sessions at once.' }),
  note: nullable(Type.String()),
  createdAt: Time,
  updatedAt: Time,
});
export const IdTokenPage = pageOf(IdToken);

const changeable = {
  type: Type.Optional(Type.String({ minLength: 1, maxLength: 20, default: 'ISO14443' })),
  status: Type.Optional(Type.Enum(['Accepted', 'Blocked', 'Expired', 'Invalid'], { default: 'Accepted' })),
  expiresAt: Type.Optional(nullable(TimeParameter)),
  groupIdToken: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 255 }))),
  concurrent: Type.Optional(Type.Boolean()),
  note: Type.Optional(nullable(Type.String({ maxLength: 500 }))),
};
export const NewIdToken = Type.Object({ idToken: TokenText, ...changeable });
export const IdTokenBody = Type.Object(changeable);
export const IdTokenParams = Type.Object({ idToken: TokenText });

export const IdTokensQuery = Type.Object(
  { search: Type.Optional(Type.String({ maxLength: 255 })), limit: Limit(100, 1000), cursor: Type.Optional(Cursor) },
  { additionalProperties: false },
);

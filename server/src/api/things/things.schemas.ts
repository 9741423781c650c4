import type { SecurityProfile } from '@cpo-console/shared/api/things.ts';
import type { ChargePointState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { Type } from 'typebox';
import { THING_NAME } from '../../bus/topics.ts';
import { Cursor, Limit, nullable, pageOf, Time } from '../common.schemas.ts';

export const ThingName = Type.String({
  pattern: THING_NAME.source,
  description: 'The identity in the charge point’s URL: letters, digits, `: _ -`, at most 48.',
  examples: ['CP1'],
});
export const AuthTypeName = Type.Enum(['none', 'basic', 'certificate']);
export const Overall = Type.Enum(['connected', 'charging', 'faulted', 'booting', 'offline', 'never-seen']);
export const Protocol = Type.Enum(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1']);

const Attributes = Type.Record(Type.String({ minLength: 1, maxLength: 128 }), Type.String({ maxLength: 800 }), {
  maxProperties: 50,
});
export const MAX_TAGS = 50;
export const Tags = Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: MAX_TAGS });

const Sandbox = Type.Boolean({ description: 'Recorded logs may be run again as this charge point, see /replays.' });

const thingMembers = {
  thingName: ThingName,
  attributes: Attributes,
  tags: Tags,
  auth: Type.Object({
    type: AuthTypeName,
    passwordOfferedAt: Type.Unsafe<string | null>({
      ...nullable(Time),
      description: 'Since when it may come with a new password as well as with the old one.',
    }),
    securityProfile: Type.Unsafe<SecurityProfile | null>({
      ...nullable(Type.Integer({ minimum: 0, maximum: 3 })),
      description: 'It has come with this one and gets in with no lower one; null: with any that its type allows.',
    }),
  }),
  sandbox: Sandbox,
  protocol: nullable(Protocol),
  connected: Type.Boolean(),
  lastSeenAt: nullable(Time),
  createdAt: Time,
  overall: Overall,
  state: Type.Unsafe<ChargePointState>({
    type: 'object',
    description: 'What its frames say: chargingStation, connectors, transactions, …',
  }),
};

export const Thing = Type.Object(thingMembers);
export const ThingPage = pageOf(Thing);

export const RegisteredThing = Type.Object({
  ...thingMembers,
  credentials: Type.Object(
    {
      password: Type.Optional(Type.String()),
      certificatePem: Type.Optional(Type.String()),
      privateKeyPem: Type.Optional(Type.String()),
    },
    { description: 'Shown this once.' },
  ),
  urls: Type.Array(Type.String(), { description: 'The addresses to configure in the charge point.' }),
});

export const NewThing = Type.Object(
  {
    thingName: ThingName,
    attributes: Type.Optional(Attributes),
    tags: Type.Optional(Tags),
    auth: Type.Optional(Type.Object({ type: AuthTypeName }, { additionalProperties: false })),
    sandbox: Type.Optional(Sandbox),
  },
  { additionalProperties: false },
);

export const ThingChanges = Type.Object(
  {
    attributes: Type.Optional(Attributes),
    tags: Type.Optional(Tags),
    sandbox: Type.Optional(Sandbox),
  },
  { additionalProperties: false },
);

export const ThingQuery = Type.Object(
  {
    search: Type.Optional(
      Type.String({ maxLength: 200, description: 'In name, tags, attributes, vendor, model, serial.' }),
    ),
    state: Type.Optional(Type.Array(Overall, { maxItems: 10 })),
    tag: Type.Optional(Type.Array(Type.String(), { maxItems: 20, description: 'All of them.' })),
    limit: Limit(100, 1000),
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
);

export const ImportResult = Type.Object({
  preview: Type.Boolean(),
  created: Type.Integer(),
  failed: Type.Integer(),
  rows: Type.Array(
    Type.Object({
      line: Type.Integer(),
      thingName: Type.String(),
      ok: Type.Boolean(),
      message: Type.Optional(Type.String()),
      password: Type.Optional(Type.String()),
      urls: Type.Optional(Type.Array(Type.String())),
    }),
  ),
});

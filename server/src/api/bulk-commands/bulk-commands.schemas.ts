import { Type } from 'typebox';
import { NewCommand } from '../commands/commands.schemas.ts';
import { Cursor, Limit, nullable, pageOf, Time } from '../common.schemas.ts';

const TargetState = Type.Enum(
  [
    'waiting',
    'left-out',
    'not-sent',
    'queued',
    'sent',
    'answered',
    'error',
    'timeout',
    'not-connected',
    'expired',
    'cancelled',
  ],
  {
    description:
      '`left-out`: it cannot be sent to this one; `not-sent`: it was stopped first; else as a command’s status.',
  },
);
const Word = nullable(Type.String(), {
  description: 'The status answered, the code of the error, or why it was left out.',
});

export const NewBulkCommand = Type.Object(
  {
    ...NewCommand.properties,
    thingNames: Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { minItems: 1, maxItems: 10_000 }),
  },
  { additionalProperties: false },
);

export const BulkCommand = Type.Object({
  id: Type.String(),
  action: Type.String(),
  payload: Type.Unknown(),
  state: Type.Enum(['running', 'done', 'stopped', 'interrupted']),
  createdAt: Time,
  finishedAt: nullable(Time),
  sentBy: Type.String(),
  total: Type.Integer(),
  counts: Type.Array(Type.Object({ state: TargetState, word: Word, count: Type.Integer() })),
});
export const BulkCommandPage = pageOf(BulkCommand);

export const BulkResultPage = pageOf(
  Type.Object({
    thingName: Type.String(),
    state: TargetState,
    word: Word,
    commandId: nullable(Type.String(), { description: 'Its exchange is at /commands/{id}.' }),
  }),
);

export const BulkParams = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const BulkQuery = Type.Object(
  { limit: Limit(50, 200), cursor: Type.Optional(Cursor) },
  { additionalProperties: false },
);
export const BulkResultsQuery = Type.Object(
  {
    state: Type.Optional(TargetState),
    word: Type.Optional(Type.String({ maxLength: 64 })),
    limit: Limit(200, 1_000),
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
);

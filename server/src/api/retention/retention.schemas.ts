import { RETENTION_KINDS } from '@cpo-console/shared/api/retention.ts';
import { Type } from 'typebox';
import { nullable, Time, TimeParameter } from '../common.schemas.ts';

const Days = nullable(Type.Integer({ minimum: 1, maximum: 36_500 }), { description: 'null: for good.' });
const Kind = Type.Enum([...RETENTION_KINDS]);

const Run = Type.Object({
  at: Time,
  tookMs: Type.Integer(),
  removed: Type.Record(Kind, Type.Integer()),
  trouble: nullable(Type.String()),
});
export const RetentionRun = Run;

export const Retention = Type.Object({
  items: Type.Array(
    Type.Object({
      kind: Kind,
      days: Days,
      rows: Type.Integer(),
      bytes: nullable(Type.Integer(), { description: 'On disk; null where it is a part of the database.' }),
      oldestAt: nullable(Time),
      changedAt: nullable(Time),
      changedBy: nullable(Type.String()),
    }),
  ),
  pinned: Type.Object({ rows: Type.Integer(), bytes: Type.Integer() }),
  databaseBytes: Type.Integer({ description: 'Of the database, on disk: all that has no size of its own is in it.' }),
  running: Type.Boolean(),
  lastRun: nullable(Run),
  nextRunAt: Time,
});

export const RetentionChanges = Type.Object(
  Object.fromEntries(RETENTION_KINDS.map((kind) => [kind, Type.Optional(Days)])),
  { additionalProperties: false, minProperties: 1 },
);

export const Pin = Type.Object({
  id: Type.String(),
  thingName: Type.String(),
  from: Time,
  to: Time,
  transactionId: nullable(Type.String(), { description: 'The `id` of the session that it was made for.' }),
  reason: Type.String(),
  pinnedAt: Time,
  pinnedBy: Type.String(),
});

const reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' });
export const NewPin = Type.Union([
  Type.Object(
    { thingName: Type.String({ minLength: 1, maxLength: 128 }), from: TimeParameter, to: TimeParameter, reason },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      transactionId: Type.String({
        maxLength: 64,
        description: 'The `id` of a session: it and the minutes around it.',
      }),
      reason,
    },
    { additionalProperties: false },
  ),
]);

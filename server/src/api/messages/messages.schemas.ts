import { OCPP_ERROR_CODES } from '@cpo-console/shared/ocpp-j/frame.ts';
import { type Static, Type } from 'typebox';
import type { MessageQuery } from '../../message-log/message-log.ts';
import { Cursor, Limit, nullable, pageOf, Time, TimeParameter } from '../common.schemas.ts';
import { parseTime } from '../time.ts';

export const Direction = Type.Enum(['in', 'out'], { description: '`in` is from the charge point, `out` is to it.' });
export const Kind = Type.Enum(['call', 'result', 'error', 'send', 'event', 'malformed']);
const ErrorCode = Type.Enum([...OCPP_ERROR_CODES]);

const Violation = Type.Object({
  path: Type.String({ description: 'JSON pointer into the payload.' }),
  rule: Type.String(),
  message: Type.String(),
  code: ErrorCode,
});

export const Message = Type.Object({
  id: Type.String(),
  thingName: Type.String(),
  connectionId: Type.String(),
  at: Time,
  direction: Direction,
  kind: Kind,
  action: nullable(Type.String()),
  messageId: nullable(Type.String()),
  frame: Type.String({ description: 'The text as it was on the wire; the values of secrets show as •••.' }),
  bytes: Type.Integer(),
  latencyMs: Type.Optional(Type.Number()),
  errorCode: Type.Optional(Type.String()),
  violations: Type.Optional(Type.Array(Violation)),
});
export const MessagePage = pageOf(Message);

const filters = {
  thingName: Type.Optional(Type.String({ maxLength: 128 })),
  from: Type.Optional(TimeParameter),
  to: Type.Optional(TimeParameter),
  direction: Type.Optional(Direction),
  kind: Type.Optional(Kind),
  action: Type.Optional(Type.String({ maxLength: 64 })),
  messageId: Type.Optional(Type.String({ maxLength: 255 })),
  errorCode: Type.Optional(Type.String({ maxLength: 64 })),
  violation: Type.Optional(
    Type.String({ maxLength: 64, description: '`true`: with a violation, `false`: without, or the name of a rule.' }),
  ),
  order: Type.Optional(Type.Enum(['asc', 'desc'], { default: 'desc' })),
};

export const MessagesQuery = Type.Object(
  { ...filters, limit: Limit(100, 1000), cursor: Type.Optional(Cursor) },
  { additionalProperties: false },
);

export const ExportQuery = Type.Object(
  { ...filters, format: Type.Enum(['jsonl', 'csv'], { default: 'jsonl' }) },
  { additionalProperties: false },
);

type Filters = Omit<Static<typeof ExportQuery>, 'format'>;

/** The log's own query for what a caller asked for. */
export function toLogFilter(query: Filters): Omit<MessageQuery, 'limit'> {
  const { from, to, violation, order = 'desc' } = query;
  const filter: Omit<MessageQuery, 'limit'> = { order };
  for (const key of ['thingName', 'direction', 'kind', 'action', 'messageId', 'errorCode'] as const) {
    // One key at a time keeps absent ones absent.
    if (query[key] !== undefined) Object.assign(filter, { [key]: query[key] });
  }
  if (from !== undefined) filter.from = parseTime(from, 'from');
  if (to !== undefined) filter.to = parseTime(to, 'to');
  if (violation !== undefined)
    filter.violation = violation === 'true' ? true : violation === 'false' ? false : violation;
  return filter;
}

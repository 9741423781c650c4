import { ANSWER_LIMIT_MS } from '@cpo-console/shared/message-log/exchange-flags.ts';
import { OCPP_ERROR_CODES } from '@cpo-console/shared/ocpp-j/frame.ts';
import { type Static, Type } from 'typebox';
import type { MessageQuery } from '../../message-log/message-log.ts';
import { Cursor, Limit, nullable, pageOf, Time, TimeParameter } from '../common.schemas.ts';
import { badRequest } from '../errors.ts';
import { Protocol } from '../things/things.schemas.ts';
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
  masked: Type.Optional(Type.Literal(true, { description: 'There were secrets: the log keeps ••• in their place.' })),
  bytes: Type.Integer(),
  latencyMs: Type.Optional(Type.Number()),
  errorCode: Type.Optional(Type.String()),
  violations: Type.Optional(Type.Array(Violation)),
  partnerId: Type.Optional(
    nullable(Type.String(), {
      description: 'With `partners`: the answer of this CALL or the CALL of this answer; null when there is none.',
    }),
  ),
  repeatsId: Type.Optional(
    Type.Boolean({ description: 'With `partners`: its sender had used the message id before on the connection.' }),
  ),
});
export const MessageExchange = Type.Object({
  items: Type.Array(Message),
  protocol: nullable(Protocol, {
    description: 'null: the log does not reach back to the beginning of the connection.',
  }),
  sessionId: nullable(Type.String(), { description: 'Of `/transactions/{id}`.' }),
  commandId: nullable(Type.String()),
});
export const MessagePage = Type.Object({
  ...pageOf(Message).properties,
  searchedTo: Type.Optional(
    nullable(Time, {
      description:
        'Present when the search took too long for one answer: it has looked up to here, and `nextCursor` goes on.',
    }),
  ),
  partners: Type.Optional(
    Type.Array(Message, { description: 'The other halves of the exchanges that are not among the items.' }),
  ),
});

/** The log that is asked: an imported one, or else the live one. */
export const ImportParameter = Type.Optional(
  Type.String({ maxLength: 64, description: 'The id of an imported log, to look in that one.' }),
);

const PATH = '^[^.[\\]]+(\\.[^.[\\]]+|\\[\\d+\\])*$';

/** What a row alone can tell: also for rows that come live. */
export const rowFilters = {
  direction: Type.Optional(Direction),
  exchangeDirection: Type.Optional(
    Type.Enum(['in', 'out'], {
      description:
        'Of the exchange: `in` are also the answers to what the charge point asks, `out` also its own answers.',
    }),
  ),
  kind: Type.Optional(Kind),
  action: Type.Optional(Type.String({ maxLength: 64 })),
  messageId: Type.Optional(Type.String({ maxLength: 255 })),
  errorCode: Type.Optional(Type.String({ maxLength: 64 })),
  violation: Type.Optional(
    Type.String({ maxLength: 64, description: '`true`: with a violation, `false`: without, or the name of a rule.' }),
  ),
  latencyOver: Type.Optional(
    Type.Integer({ minimum: 0, description: 'Answers that took longer than this many milliseconds.' }),
  ),
  q: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Text anywhere in the frame, whatever the case.' }),
  ),
  path: Type.Optional(
    Type.String({
      pattern: PATH,
      maxLength: 200,
      description:
        'A member of the payload that has to be there, as `idToken.idToken` or `meterValue[0].sampledValue.value`. ' +
        'A list without a number stands for any of its elements.',
    }),
  ),
  value: Type.Optional(
    Type.String({ maxLength: 500, description: 'What the member at `path` has to be, whatever the case.' }),
  ),
  transactionId: Type.Optional(
    Type.String({ minLength: 1, maxLength: 64, description: 'Messages that name this transaction of the wire.' }),
  ),
  connectorId: Type.Optional(Type.Integer({ minimum: 0, description: 'Messages that name this connector.' })),
  evseId: Type.Optional(Type.Integer({ minimum: 0, description: 'Messages that name this EVSE.' })),
};

export const filters = {
  import: ImportParameter,
  thingName: Type.Optional(
    Type.Array(Type.String({ maxLength: 128 }), { minItems: 1, maxItems: 200, description: 'Any of these.' }),
  ),
  from: Type.Optional(TimeParameter),
  to: Type.Optional(TimeParameter),
  ...rowFilters,
  unanswered: Type.Optional(
    Type.Boolean({ description: 'Only CALLs that had no answer for 30 seconds, and have none now.' }),
  ),
  order: Type.Optional(Type.Enum(['asc', 'desc'], { default: 'desc' })),
};

export const MessagesQuery = Type.Object(
  {
    ...filters,
    limit: Limit(100, 1000),
    cursor: Type.Optional(Cursor),
    beyondId: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Only messages beyond this one, in the order that is asked for.' }),
    ),
    partners: Type.Optional(
      Type.Boolean({
        description: 'Say of each message what it answers or is answered by, whichever page that is on.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const HistogramQuery = Type.Object(
  {
    ...filters,
    from: TimeParameter,
    to: TimeParameter,
    parts: Type.Integer({ minimum: 1, maximum: 500, default: 120 }),
  },
  { additionalProperties: false },
);
export const Histogram = Type.Object({
  from: Time,
  stepMs: Type.Integer(),
  counts: Type.Array(Type.Integer(), { description: 'Rows in each part of the range.' }),
  troubled: Type.Array(Type.Integer(), { description: 'Of these, errors, violations and texts that are no frame.' }),
  cutAt: nullable(Time, { description: 'What is older was not counted: it would have taken too long.' }),
});

const Filters = Type.Object(filters);
type Filters = Static<typeof Filters>;

const COPIED = [
  'direction',
  'exchangeDirection',
  'kind',
  'action',
  'messageId',
  'errorCode',
  'latencyOver',
  'q',
  'path',
  'value',
  'transactionId',
  'connectorId',
  'evseId',
] as const;

/** The log's own query for what a caller asked for. */
export function toLogFilter(query: Filters, now: number): Omit<MessageQuery, 'limit'> {
  const { thingName, from, to, violation, order = 'desc' } = query;
  const filter: Omit<MessageQuery, 'limit'> = { order };
  if (thingName?.length === 1 && thingName[0] !== undefined) filter.thingName = thingName[0];
  else if (thingName !== undefined) filter.thingNames = thingName;
  for (const key of COPIED) {
    // One key at a time keeps absent ones absent.
    if (query[key] !== undefined) Object.assign(filter, { [key]: query[key] });
  }
  if (query.value !== undefined && query.path === undefined) {
    throw badRequest('A value needs a path.', [
      { path: '/value', message: 'is compared with the member at path: name one' },
    ]);
  }
  if (query.unanswered) filter.unansweredBefore = now - ANSWER_LIMIT_MS;
  if (from !== undefined) filter.from = parseTime(from, 'from');
  if (to !== undefined) filter.to = parseTime(to, 'to');
  if (violation !== undefined)
    filter.violation = violation === 'true' ? true : violation === 'false' ? false : violation;
  return filter;
}

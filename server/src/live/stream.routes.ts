import { createContentMatcher } from '@cpo-console/shared/message-log/content-filter.ts';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { matcherOf } from '@cpo-console/shared/message-log/row-filter.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { ApiDeps } from '../api/api-deps.ts';
import { commandView } from '../api/commands/command-view.ts';
import { contentOf, PROBLEMS } from '../api/common.schemas.ts';
import { ProblemError } from '../api/errors.ts';
import { rowFilters, toLogFilter } from '../api/messages/messages.schemas.ts';
import { sessionView } from '../api/transactions/session-view.ts';
import { type TransactionRecord, toTransaction } from '../charge-points/transactions/transaction-record.ts';
import { maskSecrets } from '../message-log/mask-secrets.ts';
import { startChangeFeed } from './change-feed.ts';
import { type ChangingRecords, changingStores } from './changing-stores.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import { createMessageFeed } from './message-feed.ts';
import { STREAM_LIMITS, type StreamLimits } from './stream-limits.ts';
import { startThingFeed } from './thing-feed.ts';
import { startTransactionFeed } from './transaction-feed.ts';

const EVENTS = ['message', 'thing', 'command', 'transaction', 'changed', 'summary', 'door'] as const;
const StreamQuery = Type.Object(
  {
    thingName: Type.Optional(
      Type.Array(Type.String({ maxLength: 128 }), { maxItems: 200, description: 'Only these.' }),
    ),
    events: Type.Optional(
      Type.Array(Type.Enum([...EVENTS]), { maxItems: 10, description: 'Default: all that apply.' }),
    ),
    ...rowFilters,
    lastEventId: Type.Optional(Type.String({ maxLength: 20, description: 'As the header Last-Event-ID.' })),
  },
  { additionalProperties: false },
);

type Deps = ChangingRecords &
  Pick<
    ApiDeps,
    | 'log'
    | 'registry'
    | 'liveStates'
    | 'news'
    | 'transactions'
    | 'commands'
    | 'fleet'
    | 'door'
    | 'access'
    | 'streamLimits'
    | 'now'
  >;
/** The others are about the whole fleet. */
const EVENTS_OF_THINGS = ['message', 'thing', 'command', 'transaction', 'changed'];
type Query = Static<typeof StreamQuery>;

export const streamRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const limits = { ...STREAM_LIMITS, ...deps.streamLimits };
  const streams = new Set<EventStream>();
  // Open streams would hold the close back.
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
  });

  app.get(
    '/stream',
    {
      config: { permission: 'things:read' },
      schema: {
        tags: ['live'],
        summary: 'Server-sent events: message, thing, command, transaction, changed, summary, door',
        description:
          'The id of an event is a position in the message log: Last-Event-ID resumes there without gap or duplicate. ' +
          'A stream without thingName carries a bounded number of messages a second and says how many it left out (`skipped`). ' +
          'With filters as in GET /messages, `partner` events carry the other halves of the exchanges.',
        querystring: StreamQuery,
        response: { 200: contentOf({ 'text/event-stream': Type.String() }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      if (streams.size >= limits.maxStreams) throw new ProblemError(503, 'Too many streams are open.');
      reply.hijack();
      const stream = openEventStream({ response: reply.raw, headers: replyHeaders(reply), ...limits });
      streams.add(stream);
      stream.onClose(() => streams.delete(stream));
      endWhenRevoked(stream, request, { access: deps.access, everyMs: limits.recheckMs });
      await feed(stream, request, { ...deps, limits }).catch((error: unknown) => {
        request.log.error({ err: error }, 'stream failed');
        stream.end();
      });
    },
  );
};

async function feed(
  stream: EventStream,
  request: FastifyRequest<{ Querystring: Query }>,
  deps: Deps & { limits: StreamLimits },
): Promise<void> {
  const { log, registry, liveStates, fleet, door, access, limits } = deps;
  const thingNames = request.query.thingName === undefined ? null : new Set(request.query.thingName);
  const wanted = new Set<string>(request.query.events ?? (thingNames === null ? EVENTS : EVENTS_OF_THINGS));
  const mayHave = (event: string, permission: string): boolean => wanted.has(event) && access.may(request, permission);
  const askedFor = lastEventIdOf(request);
  // One beyond our end is of another log.
  const afterId = askedFor !== null && askedFor <= log.lastId() ? askedFor : null;
  const wantsMessages = mayHave('message', 'messages:read');
  const messages = createMessageFeed({
    stream: wantsMessages ? stream : muted(stream),
    log,
    thingNames,
    matches: rowMatcherOf(request.query),
    afterId: wantsMessages ? afterId : null,
    maxPerSecond: limits.maxFleetMessagesPerSecond,
  });

  // Gives a tab its position even when it is cut off before the first message.
  stream.send('ready', '{}', afterId ?? messages.position());
  if (askedFor !== afterId) stream.send('skipped', '{"count":0,"reason":"other-log"}');
  if (wanted.has('thing')) startThingFeed({ stream, registry, liveStates, thingNames, afterId });
  startRecordFeeds(stream, { ...deps, thingNames, mayHave });
  if (wanted.has('summary')) sendWhenChanged(stream, { event: 'summary', read: () => fleet.summary(), everyMs: 1_000 });
  if (wanted.has('door')) sendWhenChanged(stream, { event: 'door', read: () => door.list(), everyMs: 500 });
  await messages.start();
}

interface RecordFeeds extends Deps {
  thingNames: ReadonlySet<string> | null;
  mayHave: (event: string, permission: string) => boolean;
}

function startRecordFeeds(stream: EventStream, { thingNames, mayHave, ...deps }: RecordFeeds): void {
  if (mayHave('command', 'commands:read')) {
    const stop = deps.commands.onChange((command) => {
      if (thingNames !== null && !thingNames.has(command.thingName)) return;
      stream.send('command', JSON.stringify(commandView(command)));
    });
    stream.onClose(stop);
  }
  if (mayHave('transaction', 'transactions:read')) {
    const view = (record: TransactionRecord) => sessionView(toTransaction(record), deps);
    startTransactionFeed({ stream, transactions: deps.transactions, view, thingNames });
  }
  if (!mayHave('changed', 'things:read')) return;
  startChangeFeed({ stream, stores: changingStores(deps), news: deps.news, thingNames });
}

function rowMatcherOf({
  thingName: _names,
  events: _events,
  lastEventId: _id,
  ...query
}: Query): (row: LogRow, call?: LogRow) => boolean {
  const filter = toLogFilter(query, 0);
  const matches = matcherOf(filter);
  if (createContentMatcher(filter) === null) return matches;
  // A secret must not be found out by searching for it.
  const masked = (row: LogRow): LogRow => ({ ...row, frame: maskSecrets(row.frame).frame });
  return (row, call) => matches(masked(row), call && masked(call));
}

/** A position to resume at, or null to start now. */
function lastEventIdOf(request: FastifyRequest<{ Querystring: Query }>): number | null {
  const text = request.headers['last-event-id'] ?? request.query.lastEventId;
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function sendWhenChanged(
  stream: EventStream,
  { event, read, everyMs }: { event: string; read: () => unknown; everyMs: number },
): void {
  let last = '';
  const send = (): void => {
    const json = JSON.stringify(read());
    if (json === last) return;
    last = json;
    stream.send(event, json);
  };
  send();
  const timer = setInterval(send, everyMs);
  stream.onClose(() => clearInterval(timer));
}

function endWhenRevoked(
  stream: EventStream,
  request: FastifyRequest,
  { access, everyMs }: { access: ApiDeps['access']; everyMs: number },
): void {
  const timer = setInterval(() => {
    access.stillValid(request).then(
      (valid) => valid || stream.end(),
      () => stream.end(),
    );
  }, everyMs);
  stream.onClose(() => clearInterval(timer));
}

/** Follows the log for its position, without the messages. */
const muted = (stream: EventStream): EventStream => ({ ...stream, send: () => undefined });

const replyHeaders = (reply: FastifyReply): Record<string, number | string | string[] | undefined> =>
  reply.getHeaders();

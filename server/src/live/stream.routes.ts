import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { ApiDeps } from '../api/api-deps.ts';
import { commandView } from '../api/commands/command-view.ts';
import { contentOf, PROBLEMS } from '../api/common.schemas.ts';
import { ProblemError } from '../api/errors.ts';
import { startChangeFeed } from './change-feed.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import { createMessageFeed } from './message-feed.ts';
import { STREAM_LIMITS, type StreamLimits } from './stream-limits.ts';
import { startThingFeed } from './thing-feed.ts';

const EVENTS = ['message', 'thing', 'command', 'changed', 'summary', 'door'] as const;
const StreamQuery = Type.Object(
  {
    thingName: Type.Optional(
      Type.Array(Type.String({ maxLength: 128 }), { maxItems: 200, description: 'Only these.' }),
    ),
    events: Type.Optional(
      Type.Array(Type.Enum([...EVENTS]), { maxItems: 10, description: 'Default: all that apply.' }),
    ),
    lastEventId: Type.Optional(Type.String({ maxLength: 20, description: 'As the header Last-Event-ID.' })),
  },
  { additionalProperties: false },
);

type Deps = Pick<
  ApiDeps,
  | 'log'
  | 'registry'
  | 'liveStates'
  | 'jobs'
  | 'securityEvents'
  | 'eventStreams'
  | 'variables'
  | 'variableReports'
  | 'reservations'
  | 'chargingProfiles'
  | 'chargingReports'
  | 'commands'
  | 'fleet'
  | 'door'
  | 'access'
  | 'streamLimits'
>;
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
        summary: 'Server-sent events: message, thing, command, changed, summary, door',
        description:
          'The id of an event is a position in the message log: Last-Event-ID resumes there without gap or duplicate. ' +
          'A stream without thingName carries a bounded number of messages a second and says how many it left out (`skipped`).',
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
  {
    log,
    registry,
    liveStates,
    jobs,
    securityEvents,
    eventStreams,
    variables,
    variableReports,
    reservations,
    chargingProfiles,
    chargingReports,
    commands,
    fleet,
    door,
    access,
    limits,
  }: Deps & { limits: StreamLimits },
): Promise<void> {
  const thingNames = request.query.thingName === undefined ? null : new Set(request.query.thingName);
  const wanted = new Set<string>(
    request.query.events ?? (thingNames === null ? EVENTS : ['message', 'thing', 'command', 'changed']),
  );
  const afterId = resumeAfter(request, log.lastId());
  const wantsMessages = wanted.has('message') && access.may(request, 'messages:read');
  const messages = createMessageFeed({
    stream: wantsMessages ? stream : muted(stream),
    log,
    thingNames,
    afterId: wantsMessages ? afterId : null,
    maxPerSecond: limits.maxFleetMessagesPerSecond,
  });

  // Gives a tab its position even when it is cut off before the first message.
  stream.send('ready', '{}', afterId ?? messages.position());
  if (wanted.has('thing')) startThingFeed({ stream, registry, liveStates, thingNames, afterId });
  if (wanted.has('command') && access.may(request, 'commands:read')) {
    const stop = commands.onChange((command) => {
      if (thingNames !== null && !thingNames.has(command.thingName)) return;
      stream.send('command', JSON.stringify(commandView(command)));
    });
    stream.onClose(stop);
  }
  if (wanted.has('changed')) {
    const stores = {
      firmware: [jobs],
      'security-events': [securityEvents],
      'event-streams': [eventStreams],
      variables: [variables, variableReports],
    };
    const charging = { 'charging-profiles': [chargingProfiles], 'charging-reports': [chargingReports] };
    startChangeFeed(stream, { ...stores, ...charging, reservations: [reservations] }, thingNames);
  }
  if (wanted.has('summary')) sendWhenChanged(stream, { event: 'summary', read: () => fleet.summary(), everyMs: 1_000 });
  if (wanted.has('door')) sendWhenChanged(stream, { event: 'door', read: () => door.list(), everyMs: 500 });
  await messages.start();
}

/** A position to resume at, or null to start now. One beyond our end is of another log. */
function resumeAfter(request: FastifyRequest<{ Querystring: Query }>, lastId: number): number | null {
  const text = request.headers['last-event-id'] ?? request.query.lastEventId;
  if (typeof text !== 'string' || !/^\d{1,15}$/.test(text)) return null;
  const id = Number(text);
  return id <= lastId ? id : null;
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

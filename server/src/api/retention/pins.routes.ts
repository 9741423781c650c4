import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import type { NewPin as NewRange } from '../../retention/pins.ts';
import type { ApiDeps } from '../api-deps.ts';
import { nullable, PROBLEMS } from '../common.schemas.ts';
import { badRequest, notFound } from '../errors.ts';
import { parseTime } from '../time.ts';
import { NewPin, Pin } from './retention.schemas.ts';

const tags = ['retention'];
/** What led to a session and what followed it belong to it. */
const AROUND_MS = 10 * 60_000;

type Deps = Pick<ApiDeps, 'pins' | 'retention' | 'transactions' | 'access' | 'now'>;

/** Frames that are kept beyond their time. */
export const pinsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { pins, retention, access } = deps;

  app.get(
    '/pins',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'What is pinned, newest first',
        querystring: Type.Object(
          { thingName: Type.Optional(Type.String({ maxLength: 128 })) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(Pin), nextCursor: nullable(Type.String()) }), ...PROBLEMS },
      },
    },
    async ({ query }) => ({ items: await pins.list(query.thingName), nextCursor: null }),
  );

  app.post(
    '/pins',
    {
      config: { permission: 'messages:pin' },
      schema: {
        tags,
        summary: 'Keep a range of a charge point’s log, or a session, until it is unpinned',
        body: NewPin,
        response: { 201: Pin, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const range = await rangeOf(request.body, deps);
      if (range.from >= range.to) {
        throw badRequest('The range is empty.', [{ path: '/to', message: 'must be later than from' }]);
      }
      const reason = request.body.reason.trim();
      return reply.code(201).send(await pins.add({ ...range, reason, by: access.actor(request) }));
    },
  );

  app.delete(
    '/pins/:id',
    {
      config: { permission: 'messages:unpin' },
      schema: {
        tags,
        summary: 'Unpin: what is older than it is kept goes at once',
        params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params: { id } }, reply) => {
      if (!(await pins.remove(id))) throw notFound(`pin ${id}`);
      // Behind the answer: the page of what is kept shows it running.
      void retention.run();
      return reply.code(204).send(null);
    },
  );
};

async function rangeOf(
  wanted: Static<typeof NewPin>,
  { transactions, now }: Pick<Deps, 'transactions' | 'now'>,
): Promise<Pick<NewRange, 'thingName' | 'from' | 'to' | 'transactionId'>> {
  if ('thingName' in wanted) {
    const { thingName, from, to } = wanted;
    return { thingName, from: parseTime(from, 'from'), to: parseTime(to, 'to'), transactionId: null };
  }
  const session = await transactions.get(wanted.transactionId);
  if (session === null) throw notFound(`session ${wanted.transactionId}`);
  // By its own clock, and by ours when its frames came in.
  const times = [session.startedAt, session.stoppedAt, session.firstReceivedAt, session.lastReceivedAt]
    .filter((time) => time != null)
    .map((time) => Date.parse(time));
  const end = session.active ? [now()] : [];
  return {
    thingName: session.thingName,
    from: Math.min(...times) - AROUND_MS,
    to: Math.max(...times, ...end) + AROUND_MS,
    transactionId: session.id,
  };
}

import type { Rerun } from '@cpo-console/shared/api/replays.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { MAX_RUNNING } from '../../rerun/reruns.ts';
import type { ApiDeps } from '../api-deps.ts';
import { Cursor, Limit, PROBLEMS, pageOf } from '../common.schemas.ts';
import { decodeCursor, decodeIdCursor, encodeCursor } from '../cursor.ts';
import { conflict, notFound } from '../errors.ts';
import { logOf } from '../messages/log-of.ts';
import { Difference, NewReplay, Replay } from './replays.schemas.ts';
import { planOf, sourceOf } from './source-steps.ts';

const tags = ['messages'];
const Params = Type.Object({ id: Type.String({ maxLength: 64 }) });
const DifferencesQuery = Type.Object(
  { limit: Limit(50, 200), cursor: Type.Optional(Cursor) },
  { additionalProperties: false },
);

const ReplaysQuery = Type.Object(
  { limit: Limit(100, 200), cursor: Type.Optional(Cursor) },
  { additionalProperties: false },
);

/** In the order of the list: it stays where it was when one is forgotten or begins. */
const placeOf = ({ startedAt, id }: Rerun): string => `${startedAt} ${id}`;
const isAfter = (rerun: Rerun, place: string): boolean => placeOf(rerun) < place;

type Deps = Pick<ApiDeps, 'registry' | 'liveStates' | 'log' | 'imports' | 'access' | 'reruns'>;

/** A charge point's side of a log, sent again to a sandbox. */
export const replaysRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { registry, liveStates, imports, access, reruns } = deps;

  const checkTarget = (target: string): void => {
    const thing = registry.get(target);
    if (thing === null) throw notFound(`charge point ${target}`);
    if (!thing.sandbox) {
      throw conflict(
        `${target} isn’t marked as a sandbox: a recorded log would be mixed with what a real charge point says. Mark it as one if nobody drives to it.`,
      );
    }
    if (liveStates.get(target)?.connected) {
      throw conflict(`${target} is connected just now: its connection would be taken over. Try again when it is not.`);
    }
  };

  app.post(
    '/replays',
    {
      config: { permission: 'replays:run' },
      schema: {
        tags,
        summary: 'Send a charge point’s side of a log again, to a sandbox, and compare the answers',
        description: `At most ${MAX_RUNNING} at once, and 100,000 messages.`,
        body: NewReplay,
        response: { 201: Replay, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { source: asked, target, speed = 'max', password = null } = request.body;
      checkTarget(target);
      const log = await logOf({ import: asked.importId }, deps);
      const source = sourceOf(asked, asked.importId === undefined ? null : imports.get(asked.importId));
      const plan = await planOf(log, source);
      if (plan.steps.length === 0) throw conflict(`${source.thingName} sent nothing in this range.`);
      const known = source.importId === null ? liveStates.get(source.thingName)?.protocol : null;
      const protocol = plan.protocol ?? known ?? null;
      if (protocol === null) throw conflict('The log does not tell its OCPP version: take a range with a boot in it.');
      const run = { source, target, speed, password, protocol, steps: plan.steps };
      const started = await reruns.start({ ...run, startedBy: access.actor(request) });
      if (started === null) {
        throw conflict(
          `A log is being sent to ${target} already, or to ${MAX_RUNNING} others: wait for an end, or stop one.`,
        );
      }
      return reply.code(201).header('location', `/api/v1/replays/${started.id}`).send(started);
    },
  );

  app.get(
    '/replays',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'Logs that were sent again, newest first',
        querystring: ReplaysQuery,
        response: { 200: pageOf(Replay), ...PROBLEMS },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const all = reruns.list();
      const start = cursor === undefined ? 0 : all.findIndex((each) => isAfter(each, decodeCursor(cursor)));
      const items = start < 0 ? [] : all.slice(start, start + limit);
      const last = start >= 0 && start + limit < all.length ? items.at(-1) : undefined;
      return { items, nextCursor: last === undefined ? null : encodeCursor(placeOf(last)) };
    },
  );

  app.get(
    '/replays/:id',
    {
      config: { permission: 'messages:read' },
      schema: { tags, summary: 'How far it is', params: Params, response: { 200: Replay, ...PROBLEMS } },
    },
    async ({ params }) => {
      const rerun = reruns.get(params.id);
      return rerun ?? missing(params.id);
    },
  );

  app.get(
    '/replays/:id/differences',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'Where today’s answers are not as recorded; the first thousand',
        params: Params,
        querystring: DifferencesQuery,
        response: { 200: pageOf(Difference), ...PROBLEMS },
      },
    },
    async ({ params, query }) => {
      if (reruns.get(params.id) === null) missing(params.id);
      const after = query.cursor === undefined ? 0 : decodeIdCursor(query.cursor);
      const found = await reruns.differences(params.id, { after, limit: query.limit + 1 });
      const page = found.slice(0, query.limit);
      const last = found.length > query.limit ? page.at(-1) : undefined;
      return {
        items: page.map(({ item }) => item),
        nextCursor: last === undefined ? null : encodeCursor(String(last.position)),
      };
    },
  );

  app.post(
    '/replays/:id/stop',
    {
      config: { permission: 'replays:run' },
      schema: {
        tags,
        summary: 'Stop it where it is; one that has ended stays as it is',
        params: Params,
        response: { 200: Replay, ...PROBLEMS },
      },
    },
    async ({ params }) => (await reruns.stop(params.id)) ?? missing(params.id),
  );

  app.delete(
    '/replays/:id',
    {
      config: { permission: 'replays:run' },
      schema: {
        tags,
        summary: 'Forget one that has ended',
        description: '409 while it runs.',
        params: Params,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params }, reply) => {
      const outcome = await reruns.forget(params.id);
      if (outcome === 'unknown') missing(params.id);
      if (outcome === 'running') throw conflict('It still runs: stop it first.');
      return reply.code(204).send(null);
    },
  );
};

function missing(id: string): never {
  throw notFound(`replay ${id}`);
}

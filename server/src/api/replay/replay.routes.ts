import type { ReplayOutline, ReplayPage } from '@cpo-console/shared/api/log.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import type { MessageLog } from '../../message-log/message-log.ts';
import { createReplays, PAGE_ROWS, type ReplayRange, type Replays } from '../../message-log/replay.ts';
import type { ApiDeps } from '../api-deps.ts';
import { nullable, PROBLEMS, Time, TimeParameter } from '../common.schemas.ts';
import { badRequest, notFound } from '../errors.ts';
import { logOf } from '../messages/log-of.ts';
import { messageView } from '../messages/message-view.ts';
import { ImportParameter, Message } from '../messages/messages.schemas.ts';
import { isoTime, parseTime } from '../time.ts';

const Range = {
  import: ImportParameter,
  thingName: Type.String({ minLength: 1, maxLength: 128 }),
  from: TimeParameter,
  to: TimeParameter,
};
const OutlineQuery = Type.Object(Range, { additionalProperties: false });
const PageQuery = Type.Object(
  { ...Range, page: Type.Integer({ minimum: 0, maximum: 10_000 }) },
  { additionalProperties: false },
);
const Column = Type.Array(Type.Integer());
const Outline = Type.Object({
  thingName: Type.String(),
  from: Time,
  to: Time,
  cutAt: nullable(Time),
  pageRows: Type.Integer(),
  start: Type.Integer({ description: 'Milliseconds since the epoch; `at` counts from here.' }),
  actions: Type.Array(Type.String()),
  ids: Column,
  at: Column,
  kind: Column,
  out: Column,
  action: Column,
  answer: Column,
  mark: Column,
});
const Curve = Type.Object({
  transactionId: Type.String(),
  everyMs: Type.Number({ description: 'Readings closer together than this are one point.' }),
  points: Type.Array(Type.Array(nullable(Type.Number())), {
    description: 'At most 120: milliseconds since the epoch, power in W, delivered energy in Wh.',
  }),
});
const PageOfFrames = Type.Object({ state: Type.Unknown(), curves: Type.Array(Curve), items: Type.Array(Message) });

/** What a charge point's log says about any instant of a range. */
export const replayRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'log' | 'imports' | 'now'>> = async (app, deps) => {
  const ofLog = new WeakMap<MessageLog, Replays>();
  const replaysOf = async (query: { import?: string | undefined }): Promise<Replays> => {
    const log = await logOf(query, deps);
    const replays = ofLog.get(log) ?? createReplays(log, deps.now);
    ofLog.set(log, replays);
    return replays;
  };

  app.get(
    '/messages/replay',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags: ['messages'],
        summary: 'The rows of a range without their frames, for a replay',
        description: 'Column by column, at most 100,000 rows: `cutAt` tells where the rest begins.',
        querystring: OutlineQuery,
        response: { 200: Outline, ...PROBLEMS },
      },
    },
    async ({ query }): Promise<ReplayOutline> => {
      const range = rangeOf(query);
      const outline = await (await replaysOf(query)).outline(range);
      const start = outline.at[0] ?? range.from;
      return {
        ...outline,
        thingName: range.thingName,
        from: isoTime(range.from),
        to: isoTime(range.to),
        cutAt: outline.cutAt === null ? null : isoTime(outline.cutAt),
        pageRows: PAGE_ROWS,
        start,
        at: outline.at.map((at) => at - start),
      };
    },
  );

  app.get(
    '/messages/replay/page',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags: ['messages'],
        summary: 'One page of frames of a replay, and the state of the charge point before the first',
        querystring: PageQuery,
        response: { 200: PageOfFrames, ...PROBLEMS },
      },
    },
    async ({ query }): Promise<ReplayPage> => {
      const found = await (await replaysOf(query)).page(rangeOf(query), query.page);
      if (found === null) throw notFound(`page ${query.page} in this range`);
      return { state: found.state, curves: found.curves, items: found.rows.map(messageView) };
    },
  );
};

function rangeOf(query: Static<typeof OutlineQuery>): ReplayRange {
  const range = { thingName: query.thingName, from: parseTime(query.from, 'from'), to: parseTime(query.to, 'to') };
  if (range.from < range.to) return range;
  throw badRequest('The range is empty.', [{ path: '/to', message: 'must be later than from' }]);
}

import type { FindingView } from '@cpo-console/shared/api/log.ts';
import { createFinder } from '@cpo-console/shared/findings/find.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { nullable, PROBLEMS, Time, TimeParameter } from '../common.schemas.ts';
import { logOf } from '../messages/log-of.ts';
import { ImportParameter } from '../messages/messages.schemas.ts';
import { isoTime, parseTime } from '../time.ts';

const PAGE = 500;
const MAX_ROWS = 100_000;

const Query = Type.Object(
  {
    import: ImportParameter,
    thingName: Type.String({ minLength: 1, maxLength: 128 }),
    from: TimeParameter,
    to: TimeParameter,
  },
  { additionalProperties: false },
);
const Found = Type.Object({
  rule: Type.String(),
  severity: Type.Enum(['bad', 'warn']),
  from: Time,
  to: Time,
  count: Type.Integer({ description: 'How often, or how much: seconds of silence, Wh that are missing, ….' }),
  subject: Type.String({ description: 'A session, a command, a status.' }),
  messageIds: Type.Array(Type.String(), { description: 'The messages that say so.' }),
});

export const findingsRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'log' | 'imports' | 'now'>> = async (
  app,
  deps,
) => {
  app.get(
    '/findings',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags: ['messages'],
        summary: 'What looks wrong in a range of a charge point’s log',
        description: 'Looks at the first 100,000 messages of the range; `cutAt` tells where it stopped.',
        querystring: Query,
        response: { 200: Type.Object({ items: Type.Array(Found), cutAt: nullable(Time) }), ...PROBLEMS },
      },
    },
    async ({ query }, { raw }): Promise<{ items: FindingView[]; cutAt: string | null }> => {
      const log = await logOf(query, deps);
      const range = { thingName: query.thingName, from: parseTime(query.from, 'from'), to: parseTime(query.to, 'to') };
      const finder = createFinder();
      let read = 0;
      let last: { id: number; at: number } | undefined;
      let full = true;
      // Whoever went on to another page does not wait for it any more.
      while (full && read < MAX_ROWS && !raw.destroyed) {
        const after = last === undefined ? {} : { afterId: last.id };
        const rows = await log.query({ ...range, ...after, order: 'asc', limit: PAGE });
        for (const row of rows) finder.read(row);
        read += rows.length;
        last = rows.at(-1) ?? last;
        full = rows.length === PAGE;
      }
      const items = finder.end(Math.min(range.to, deps.now()));
      return {
        items: items.map(({ from, to, rowIds, ...finding }) => ({
          ...finding,
          from: isoTime(from),
          to: isoTime(to),
          messageIds: rowIds.map(String),
        })),
        cutAt: full && last !== undefined ? isoTime(last.at) : null,
      };
    },
  );
};

import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { MessageLog } from '../../message-log/message-log.ts';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS } from '../common.schemas.ts';
import { decodeIdCursor, encodeCursor } from '../cursor.ts';
import { badRequest, notFound } from '../errors.ts';
import { isoTime } from '../time.ts';
import { exchangeOf } from './exchange.ts';
import { logOf } from './log-of.ts';
import { messageView } from './message-view.ts';
import {
  Histogram,
  HistogramQuery,
  ImportParameter,
  Message,
  MessageExchange,
  MessagePage,
  MessagesQuery,
  toLogFilter,
} from './messages.schemas.ts';
import { relatedMessages } from './related-messages.ts';

const tags = ['messages'];
/** A search that finds little says by then how far it has come. */
const SEARCH_MS = 3_000;
const MessageParams = Type.Object({ id: Type.String({ maxLength: 20 }) });

type Deps = Pick<ApiDeps, 'log' | 'imports' | 'liveStates' | 'transactions' | 'commands' | 'now'>;

export const messagesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.get(
    '/messages',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'Search the message log, newest first by default',
        description:
          'Every frame both ways as it was on the wire, and connects, disconnects and refusals (kind `event`). ' +
          'All filters combine. A page may be short, even empty, and still have a `nextCursor`: see `searchedTo`.',
        querystring: MessagesQuery,
        response: { 200: MessagePage, ...PROBLEMS },
      },
    },
    async ({ query }) => {
      const { limit, cursor, beyondId, partners, ...filters } = query;
      const from = cursor === undefined ? beyondId : decodeIdCursor(cursor);
      const after = from === undefined ? {} : { afterId: from };
      const log = await logOf(query, deps);
      const search = { ...toLogFilter(filters, deps.now()), ...after, limit: limit + 1 };
      const { rows, next } = await log.search(search, SEARCH_MS);
      const page = rows.slice(0, limit);
      const isFull = rows.length > limit;
      const nextId = isFull ? page.at(-1)?.id : next?.afterId;
      return {
        ...(partners ? await relatedMessages(log, page) : { items: page.map(messageView) }),
        nextCursor: nextId === undefined ? null : encodeCursor(String(nextId)),
        ...(!isFull && next !== null && { searchedTo: isoTime(next.at) }),
      };
    },
  );

  app.get(
    '/messages/histogram',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'How many messages a search finds in each part of a range',
        querystring: HistogramQuery,
        response: { 200: Histogram, ...PROBLEMS },
      },
    },
    async ({ query }) => {
      const { parts, ...filters } = query;
      const { order: _order, ...filter } = toLogFilter(filters, deps.now());
      const { from = 0, to = 0 } = filter;
      if (from >= to) throw badRequest('The range is empty.', [{ path: '/to', message: 'must be later than from' }]);
      const log = await logOf(query, deps);
      const { step, counts, troubled, cutAt } = await log.histogram({ ...filter, from, to, parts });
      return { from: isoTime(from), stepMs: step, counts, troubled, cutAt: cutAt === null ? null : isoTime(cutAt) };
    },
  );

  app.get(
    '/messages/:id/exchange',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'A message and the one that it answers or is answered by, with their session and command',
        params: MessageParams,
        querystring: Type.Object({ import: ImportParameter }, { additionalProperties: false }),
        response: { 200: MessageExchange, ...PROBLEMS },
      },
    },
    async ({ params, query }) => {
      const log = await logOf(query, deps);
      const row = await rowOf(log, params.id);
      return exchangeOf(row, { ...deps, log, isImported: query.import !== undefined });
    },
  );

  app.get(
    '/messages/:id',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'One message',
        params: MessageParams,
        querystring: Type.Object({ import: ImportParameter }, { additionalProperties: false }),
        response: { 200: Message, ...PROBLEMS },
      },
    },
    async ({ params, query }) => {
      const log = await logOf(query, deps);
      return messageView(await rowOf(log, params.id));
    },
  );
};

async function rowOf(log: MessageLog, text: string): Promise<LogRow> {
  const id = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  const row = id === 0 ? null : await log.row(id);
  if (row === null) throw notFound(`message ${text}`);
  return row;
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { contentOf, PROBLEMS } from '../common.schemas.ts';
import { decodeIdCursor, encodeCursor } from '../cursor.ts';
import { notFound } from '../errors.ts';
import { exportMessages } from './export-messages.ts';
import { messageView } from './message-view.ts';
import { ExportQuery, Message, MessagePage, MessagesQuery, toLogFilter } from './messages.schemas.ts';

const tags = ['messages'];

export const messagesRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'log' | 'now'>> = async (app, { log, now }) => {
  app.get(
    '/messages',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'Search the message log, newest first by default',
        description:
          'Every frame both ways as it was on the wire, and connects, disconnects and refusals (kind `event`).',
        querystring: MessagesQuery,
        response: { 200: MessagePage, ...PROBLEMS },
      },
    },
    async ({ query }) => {
      const { limit, cursor, ...filters } = query;
      const after = cursor === undefined ? {} : { afterId: decodeIdCursor(cursor) };
      const rows = await log.query({ ...toLogFilter(filters), ...after, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map(messageView),
        nextCursor: rows.length > limit && last !== undefined ? encodeCursor(String(last.id)) : null,
      };
    },
  );

  app.get(
    '/messages/export',
    {
      config: { permission: 'messages:export' },
      schema: {
        tags,
        summary: 'Download what a search finds, as JSON Lines or CSV',
        querystring: ExportQuery,
        response: {
          200: contentOf({ 'application/jsonl': Type.String(), 'text/csv': Type.String() }),
          ...PROBLEMS,
        },
      },
    },
    async ({ query }, reply) => {
      const { format, ...filters } = query;
      const stamp = new Date(now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
      return reply
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8')
        .header('content-disposition', `attachment; filename="messages-${stamp}.${format}"`)
        .header('x-content-type-options', 'nosniff')
        .send(exportMessages({ log, filter: toLogFilter(filters), format }) as never);
    },
  );

  app.get(
    '/messages/:id',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'One message',
        params: Type.Object({ id: Type.String({ maxLength: 20 }) }),
        response: { 200: Message, ...PROBLEMS },
      },
    },
    async ({ params }) => {
      const id = /^\d{1,15}$/.test(params.id) ? Number(params.id) : 0;
      const row = id === 0 ? null : await log.row(id);
      if (row === null) throw notFound(`message ${params.id}`);
      return messageView(row);
    },
  );
};

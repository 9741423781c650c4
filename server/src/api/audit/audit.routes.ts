import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import type { AuditQuery, AuditTrail } from '../../audit/audit-trail.ts';
import { csvLine } from '../../text/csv.ts';
import type { ApiDeps } from '../api-deps.ts';
import { Cursor, contentOf, Limit, nullable, PROBLEMS, pageOf, Time, TimeParameter } from '../common.schemas.ts';
import { parseTime } from '../time.ts';
import { asCsvFile, wantsCsv } from '../wants-csv.ts';

const AuditPage = pageOf(
  Type.Object({
    id: Type.String(),
    at: Time,
    actor: Type.String({ description: 'By name; without having signed in, the name that was given.' }),
    via: Type.Enum(['session', 'api-token', 'admin-token', 'none']),
    role: nullable(Type.String()),
    address: Type.String(),
    method: Type.String(),
    path: Type.String(),
    what: Type.String({ description: 'What the route is for, in words.' }),
    details: Type.Record(Type.String(), Type.String()),
    status: Type.Integer({ description: 'Of the answer.' }),
  }),
);
const Filter = Type.Object(
  {
    actor: Type.Optional(Type.String({ maxLength: 500 })),
    about: Type.Optional(Type.String({ maxLength: 200, description: 'A part of the path, the words or the details.' })),
    outcome: Type.Optional(Type.Enum(['done', 'refused'])),
    from: Type.Optional(TimeParameter),
    to: Type.Optional(TimeParameter),
    format: Type.Optional(Type.Enum(['json', 'csv'])),
    limit: Limit(100, 1000),
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
);
const EXPORT_PAGE = 1_000;

/** Read only: nobody changes the trail, not through the API either. */
export const auditRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'auditTrail'>> = async (app, { auditTrail }) => {
  app.get(
    '/audit',
    {
      config: { permission: 'audit:read' },
      schema: {
        tags: ['audit'],
        summary: 'Who did what, when and from where, newest first',
        description: 'Kept for good. With `format=csv` or `Accept: text/csv`: all that match, as CSV.',
        querystring: Filter,
        response: { 200: contentOf({ 'application/json': AuditPage, 'text/csv': Type.String() }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const query = toQuery(request.query);
      if (!wantsCsv(request, request.query.format)) return auditTrail.list(query);
      return asCsvFile(reply, 'audit.csv').send(Readable.from(csvOf(auditTrail, query)) as never);
    },
  );
};

function toQuery({ from, to, format: _format, ...same }: Static<typeof Filter>): AuditQuery {
  return {
    ...same,
    ...(from !== undefined && { from: parseTime(from, 'from') }),
    ...(to !== undefined && { to: parseTime(to, 'to') }),
  };
}

async function* csvOf(auditTrail: AuditTrail, query: AuditQuery): AsyncGenerator<string> {
  yield csvLine(['at', 'actor', 'via', 'role', 'address', 'method', 'path', 'what', 'details', 'status']);
  let { cursor } = query;
  do {
    const page = await auditTrail.list({ ...query, limit: EXPORT_PAGE, cursor });
    for (const { at, actor, via, role, address, method, path, what, details, status } of page.items) {
      yield csvLine([at, actor, via, role, address, method, path, what, JSON.stringify(details), status]);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

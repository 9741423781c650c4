import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { redactorFor } from '../../message-log/redaction/redact-log.ts';
import { REDACTED } from '../../message-log/redaction/sensitive-values.ts';
import type { ApiDeps } from '../api-deps.ts';
import { contentOf, PROBLEMS } from '../common.schemas.ts';
import { badRequest, notFound } from '../errors.ts';
import { parseTime } from '../time.ts';
import { caseBundle } from './case-bundle.ts';
import { BundleQuery, ExportParams, ExportQuery, RunningExport } from './export.schemas.ts';
import { exportedText, FILE_TYPES } from './export-messages.ts';
import { createExporter } from './exporter.ts';
import { logOf } from './log-of.ts';
import { toLogFilter } from './messages.schemas.ts';
import { createRunningExports } from './running-exports.ts';

const tags = ['messages'];
const config = { permission: 'messages:export' } as const;
const ANONYMOUS = new Set(['tokens', 'serials', 'addresses'] as const);

type Deps = Pick<ApiDeps, 'log' | 'imports' | 'liveStates' | 'access' | 'now'>;

export const exportRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { access, liveStates, now } = deps;
  const running = createRunningExports();
  const exporter = createExporter(running);
  const protocolOf = (thingName: string) => liveStates.get(thingName)?.protocol ?? null;
  const stamp = (): string => new Date(now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');

  app.get(
    '/messages/export',
    {
      config,
      schema: {
        tags,
        summary: 'Download what a search finds, as JSON Lines, CSV or Open OCPP Trace',
        querystring: ExportQuery,
        response: { 200: contentOf({ 'application/jsonl': Type.String(), 'text/csv': Type.String() }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { format, redact = false, exportId, ...filters } = request.query;
      const asked = { exportId, by: access.actor(request), connection: reply.raw };
      const stream = await exporter.begin(asked, async ({ signal, onLooked, onRows }) => {
        const log = await logOf(filters, deps);
        const rows = { log, filter: toLogFilter(filters, now()), lastId: log.lastId(), signal };
        const around = { ...rows, filter: toLogFilter(whoAndWhen(filters), now()) };
        const redactor = redact ? await redactorFor(around, { redact: ANONYMOUS, visit: onLooked }) : null;
        return exportedText({ rows, format, redactor, protocolOf, onRows });
      });
      const { type, ending } = FILE_TYPES[format];
      return reply
        .type(`${type}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="messages-${stamp()}.${ending}"`)
        .header('x-content-type-options', 'nosniff')
        .send(stream as never);
    },
  );

  app.get(
    '/messages/case-bundle',
    {
      config,
      schema: {
        tags,
        summary:
          'Download a case: messages, findings and a summary of a charge point in a range, made fit to be passed on',
        querystring: BundleQuery,
        response: { 200: contentOf({ 'application/zip': Type.String({ format: 'binary' }) }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { thingName, keep, exportId } = request.query;
      const asked = { exportId, by: access.actor(request), connection: reply.raw };
      const stream = await exporter.begin(asked, async (reading) => {
        const [from, to] = [parseTime(request.query.from, 'from'), parseTime(request.query.to, 'to')];
        if (from >= to) throw badRequest('The range is empty.', [{ path: '/to', message: 'must be later than from' }]);
        const log = await logOf(request.query, deps);
        const redact = new Set(REDACTED.filter((each) => !keep.includes(each)));
        return caseBundle({
          log,
          lastId: log.lastId(),
          thingName,
          from,
          to,
          redact,
          protocolOf,
          now: now(),
          ...reading,
        });
      });
      return reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="case-${stamp()}.zip"`)
        .header('x-content-type-options', 'nosniff')
        .send(stream as never);
    },
  );

  app.get(
    '/messages/exports/:id',
    {
      config,
      schema: {
        tags,
        summary: 'How far an export is that was begun with an `exportId`',
        params: ExportParams,
        response: { 200: RunningExport, ...PROBLEMS },
      },
    },
    async (request) => {
      const found = running.get(request.params.id, access.actor(request));
      if (found === null) throw notFound(`export ${request.params.id}`);
      return found;
    },
  );

  app.delete(
    '/messages/exports/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Stop an export: the download breaks off',
        params: ExportParams,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      if (!running.cancel(request.params.id, access.actor(request))) throw notFound(`export ${request.params.id}`);
      return reply.code(204).send(null);
    },
  );
};

/** What tells that a text is a token may be in a message that is filtered out. */
const whoAndWhen = ({ thingName, from, to }: Parameters<typeof toLogFilter>[0]) => ({
  order: 'asc' as const,
  ...(thingName && { thingName }),
  ...(from && { from }),
  ...(to && { to }),
});

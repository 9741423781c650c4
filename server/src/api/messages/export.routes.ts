import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { redactorFor } from '../../message-log/redaction/redact-log.ts';
import { REDACTED } from '../../message-log/redaction/sensitive-values.ts';
import type { ApiDeps } from '../api-deps.ts';
import { contentOf, PROBLEMS } from '../common.schemas.ts';
import { badRequest, conflict, notFound } from '../errors.ts';
import { parseTime } from '../time.ts';
import { caseBundle } from './case-bundle.ts';
import { BundleQuery, ExportParams, ExportQuery, RunningExport } from './export.schemas.ts';
import { exportedText, FILE_TYPES } from './export-messages.ts';
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
  const protocolOf = (thingName: string) => liveStates.get(thingName)?.protocol ?? null;
  const stamp = (): string => new Date(now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');

  /** A stream that says how far it is, under an id if the caller gave one. */
  function tracked(
    { exportId, by }: { exportId: string | undefined; by: string },
    content: (onRows: (count: number, at: number) => void) => AsyncGenerator<string | Buffer>,
  ): Readable {
    const progress =
      exportId === undefined
        ? undefined
        : running.start(exportId, { by, stop: () => stream.destroy(new Error('The export was stopped')) });
    if (progress === null) throw conflict('There is an export of this id.');
    const stream = Readable.from(
      content((count, at) => progress?.onRows(count, at)),
      { objectMode: false },
    );
    stream.once('end', () => progress?.end('done'));
    stream.once('error', () => progress?.end('failed'));
    // Whoever asked has gone.
    stream.once('close', () => progress?.end('cancelled'));
    return stream;
  }

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
      const log = await logOf(filters, deps);
      const filter = toLogFilter(filters, deps.now());
      const stream = tracked({ exportId, by: access.actor(request) }, async function* (onRows) {
        const redactor = redact ? await redactorFor(log, { filter, redact: ANONYMOUS }) : null;
        yield* exportedText({ log, filter, format, redactor, protocolOf, onRows });
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
      const [from, to] = [parseTime(request.query.from, 'from'), parseTime(request.query.to, 'to')];
      if (from >= to) throw badRequest('The range is empty.', [{ path: '/to', message: 'must be later than from' }]);
      const log = await logOf(request.query, deps);
      const redact = new Set(REDACTED.filter((each) => !keep.includes(each)));
      const wanted = { log, thingName, from, to, redact, protocolOf, now: now() };
      let tell: ((count: number, at: number) => void) | null = null;
      const bundle = await caseBundle({ ...wanted, onRows: (count, at) => tell?.(count, at) });
      const stream = tracked({ exportId, by: access.actor(request) }, async function* (onRows) {
        tell = onRows;
        yield* bundle;
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

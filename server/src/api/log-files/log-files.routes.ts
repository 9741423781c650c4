import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { Cursor, contentOf, Limit, PROBLEMS, pageOf, ThingParams } from '../common.schemas.ts';
import { notFound } from '../errors.ts';
import { LogFile } from '../jobs/jobs.schemas.ts';
import { sendFile, wantedRange } from '../send-file.ts';

type Deps = Pick<ApiDeps, 'registry' | 'logFiles'>;
const tags = ['firmware and logs'];
const LogFileParams = Type.Object({ id: Type.String({ maxLength: 64 }) });
const LogFilesQuery = Type.Object(
  { limit: Limit(100, 500), cursor: Type.Optional(Cursor) },
  { additionalProperties: false },
);

export const logFilesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { registry, logFiles }) => {
  app.get(
    '/things/:thingName/log-files',
    {
      config: { permission: 'logs:read' },
      schema: {
        tags,
        summary: 'The files that it has uploaded, newest first',
        params: ThingParams,
        querystring: LogFilesQuery,
        response: { 200: pageOf(LogFile), ...PROBLEMS },
      },
    },
    async ({ params: { thingName }, query }) => {
      if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
      return logFiles.list({ thingName, ...query });
    },
  );

  app.get(
    '/log-files/:id/content',
    {
      config: { permission: 'logs:read' },
      schema: {
        tags,
        summary: 'A file that a charge point has uploaded',
        params: LogFileParams,
        response: { 200: contentOf({ 'application/octet-stream': Type.String() }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const file = (await logFiles.get(id)) ?? missing(id);
      const read = (range?: { start: number; end: number }) => logFiles.read(id, range);
      return sendFile(reply, { ...file, read }, wantedRange(request, file));
    },
  );

  app.delete(
    '/log-files/:id',
    {
      config: { permission: 'logs:delete' },
      schema: {
        tags,
        summary: 'Delete a file that a charge point has uploaded',
        params: LogFileParams,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params: { id } }, reply) => {
      if ((await logFiles.get(id)) === null) return missing(id);
      await logFiles.remove(id);
      return reply.code(204).send(null);
    },
  );
};

function missing(id: string): never {
  throw notFound(`log file ${id}`);
}

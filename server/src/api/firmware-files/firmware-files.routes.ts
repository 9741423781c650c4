import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { contentOf, PROBLEMS } from '../common.schemas.ts';
import { badRequest, conflict, notFound, ProblemError } from '../errors.ts';
import { stopReading, takeRawBodies } from '../long-body.ts';
import { sendFile, wantedRange } from '../send-file.ts';
import {
  DeleteQuery,
  FirmwareFile,
  FirmwareFilePage,
  FirmwareFileParams,
  FirmwareFilesQuery,
  FirmwareNotes,
  NewFirmwareFileQuery,
} from './firmware-files.schemas.ts';

type Deps = Pick<ApiDeps, 'firmwareFiles' | 'access' | 'config'>;
const tags = ['firmware and logs'];

export const firmwareFilesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { firmwareFiles } = deps;
  await app.register(uploadRoute, deps);

  app.get(
    '/firmware-files',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'Firmware that is kept here, newest first',
        querystring: FirmwareFilesQuery,
        response: { 200: FirmwareFilePage, ...PROBLEMS },
      },
    },
    async ({ query }) => ({ ...(await firmwareFiles.list(query)), maxBytes: deps.config.maxUploadBytes }),
  );

  app.get(
    '/firmware-files/:id',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'One firmware file',
        params: FirmwareFileParams,
        response: { 200: FirmwareFile, ...PROBLEMS },
      },
    },
    async ({ params: { id } }) => (await firmwareFiles.get(id)) ?? missing(id),
  );

  app.get(
    '/firmware-files/:id/content',
    {
      config: { permission: 'firmware:write' },
      schema: {
        tags,
        summary: 'The file itself',
        params: FirmwareFileParams,
        response: { 200: contentOf({ 'application/octet-stream': Type.String() }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const file = (await firmwareFiles.get(id)) ?? missing(id);
      const read = (range?: { start: number; end: number }) => firmwareFiles.read(id, range);
      return sendFile(reply, { ...file, read }, wantedRange(request, file));
    },
  );

  app.patch(
    '/firmware-files/:id',
    {
      config: { permission: 'firmware:write' },
      schema: {
        tags,
        summary: 'Change what is said about it; null takes away',
        params: FirmwareFileParams,
        body: FirmwareNotes,
        response: { 200: FirmwareFile, ...PROBLEMS },
      },
    },
    async ({ params: { id }, body }) => (await firmwareFiles.update(id, body)) ?? missing(id),
  );

  app.delete(
    '/firmware-files/:id',
    {
      config: { permission: 'firmware:write' },
      schema: {
        tags,
        summary: 'Delete a firmware file',
        description: '409 while charge points still have to fetch or install it, unless `force`.',
        params: FirmwareFileParams,
        querystring: DeleteQuery,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params: { id }, query: { force = false } }, reply) => {
      const { inUseBy } = (await firmwareFiles.get(id)) ?? missing(id);
      if (inUseBy.length > 0 && !force)
        throw conflict(`It is in use: ${inUseBy.join(', ')} still have to fetch or install it.`);
      await firmwareFiles.remove(id);
      return reply.code(204).send(null);
    },
  );
};

/** The body is the file, as it comes. */
const uploadRoute: FastifyPluginAsyncTypebox<Deps> = async (app, { firmwareFiles, access, config }) => {
  takeRawBodies(app);
  app.post(
    '/firmware-files',
    {
      config: { permission: 'firmware:write', longBody: true },
      schema: {
        tags,
        summary: 'Keep a firmware file; the body is the file',
        consumes: ['application/octet-stream'],
        querystring: NewFirmwareFileQuery,
        response: { 201: FirmwareFile, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { fileName, name, ...rest } = request.query;
      const notes = { ...NO_NOTES, name, ...rest };
      const facts = { notes, fileName: fileName ?? name, createdBy: access.actor(request) };
      const added = await firmwareFiles.add(request.raw, facts);
      switch (added.kind) {
        case 'stored':
          return reply.code(201).send(added.file);
        case 'empty':
          throw badRequest('The file is empty.');
        case 'incomplete':
          throw badRequest('The upload broke off.');
        case 'too-large':
          stopReading(request, reply);
          throw new ProblemError(413, `A firmware file may have at most ${config.maxUploadBytes} bytes.`);
      }
    },
  );
};

const NO_NOTES = { version: null, vendor: null, model: null, note: null, signature: null, signingCertificate: null };

function missing(id: string): never {
  throw notFound(`firmware file ${id}`);
}

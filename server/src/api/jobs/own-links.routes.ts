import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { notFound } from '../errors.ts';
import { isoTime } from '../time.ts';
import { NewFirmwareLink, NewUploadLink, OwnLink } from './jobs.schemas.ts';
import { baseUrlOf, createOwnLinks, LINK_VALID_MS } from './own-links.ts';

type Deps = Pick<ApiDeps, 'registry' | 'firmwareFiles' | 'transferLinks' | 'now'>;
const tags = ['firmware and logs'];

/** For who writes a command by hand: the address that `log-requests` or `firmware-updates` would put into it. */
export const ownLinksRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { registry, firmwareFiles, now } = deps;
  const links = createOwnLinks(deps.transferLinks);

  function checkRegistered(thingName: string): void {
    if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
  }

  app.post(
    '/things/:thingName/upload-links',
    {
      config: { permission: 'commands:support' },
      schema: {
        tags,
        summary: 'Make a link at which a charge point can put one file here',
        description: 'For GetDiagnostics or GetLog.',
        params: ThingParams,
        body: NewUploadLink,
        response: { 201: OwnLink, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { thingName } = request.params;
      checkRegistered(thingName);
      const expiresAt = now() + LINK_VALID_MS;
      const url = await links.toUpload({ thingName, base: baseUrlOf(request), expiresAt });
      return reply.code(201).send({ url, expiresAt: isoTime(expiresAt) });
    },
  );

  app.post(
    '/things/:thingName/firmware-links',
    {
      config: { permission: 'firmware:write' },
      schema: {
        tags,
        summary: 'Make a link at which a charge point can fetch a firmware file of ours',
        description: 'For UpdateFirmware, SignedUpdateFirmware or PublishFirmware.',
        params: ThingParams,
        body: NewFirmwareLink,
        response: { 201: OwnLink, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { thingName } = request.params;
      checkRegistered(thingName);
      const { firmwareFileId } = request.body;
      const file = await firmwareFiles.get(firmwareFileId);
      if (file === null) throw notFound(`firmware file ${firmwareFileId}`);
      const expiresAt = now() + LINK_VALID_MS;
      const url = await links.toFirmware(file, { thingName, base: baseUrlOf(request), expiresAt });
      return reply.code(201).send({ url, expiresAt: isoTime(expiresAt) });
    },
  );
};

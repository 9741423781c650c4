import { randomInt } from 'node:crypto';
import type { FirmwareFile } from '@cpo-console/shared/api/jobs.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { getLog, publishFirmware, type Request, updateFirmware } from '../../csms/commands/job-payloads.ts';
import type { ApiDeps } from '../api-deps.ts';
import { Command } from '../commands/commands.schemas.ts';
import { sendCommand } from '../commands/send-command.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { badRequest, conflict, notFound } from '../errors.ts';
import { isoTime, parseTime } from '../time.ts';
import { NewFirmwarePublication, NewFirmwareUpdate, NewLogRequest } from './jobs.schemas.ts';
import { baseUrlOf, createOwnLinks, LINK_VALID_MS } from './own-links.ts';

type Deps = Pick<ApiDeps, 'registry' | 'commands' | 'access' | 'firmwareFiles' | 'transferLinks' | 'now'>;
type Order = Pick<Static<typeof NewLogRequest>, 'requestId' | 'queueSeconds' | 'baseUrl'>;

const tags = ['firmware and logs'];
const MAX_REQUEST_ID = 2 ** 31 - 1;

/** Commands for charge points that need a link to us: made here, so that no file server is needed. */
export const jobOrdersRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { firmwareFiles, now } = deps;
  const links = createOwnLinks(deps.transferLinks);

  app.post(
    '/things/:thingName/firmware-updates',
    {
      config: { permission: 'firmware:write' },
      schema: {
        tags,
        summary: 'Have a charge point update its firmware',
        description: 'UpdateFirmware, or SignedUpdateFirmware in OCPP 1.6. Answers with the command.',
        params: ThingParams,
        body: NewFirmwareUpdate,
        response: { 200: Command, ...PROBLEMS },
      },
    },
    async (request) => {
      const { body } = request;
      const version = versionOf(deps, request.params.thingName);
      const retrieveAt = body.retrieveAt === undefined ? now() : parseTime(body.retrieveAt, 'retrieveAt');
      const source = await sourceOf(request, retrieveAt + LINK_VALID_MS);
      const signed = signatureFor(body, source.file);
      const requestId = body.requestId ?? randomInt(1, MAX_REQUEST_ID);
      const order = { ...body, ...source, requestId, retrieveAt: isoTime(retrieveAt), signed };
      return send(request, updateFirmware(version, order));
    },
  );

  app.post(
    '/things/:thingName/firmware-publications',
    {
      config: { permission: 'firmware:write' },
      schema: {
        tags,
        summary: 'Have a local controller publish firmware to the charge points behind it',
        description: 'PublishFirmware, from OCPP 2.0.1 on. Answers with the command.',
        params: ThingParams,
        body: NewFirmwarePublication,
        response: { 200: Command, ...PROBLEMS },
      },
    },
    async (request) => {
      const { body } = request;
      versionOf(deps, request.params.thingName);
      const source = await sourceOf(request, now() + LINK_VALID_MS);
      const checksum = body.checksum ?? source.file?.md5;
      if (checksum === undefined) throw badRequest('With a url, the checksum (MD5) of the file is needed.');
      const requestId = body.requestId ?? randomInt(1, MAX_REQUEST_ID);
      return send(request, publishFirmware({ ...body, ...source, requestId, checksum }));
    },
  );

  app.post(
    '/things/:thingName/log-requests',
    {
      config: { permission: 'commands:support' },
      schema: {
        tags,
        summary: 'Have a charge point upload its logs, here unless a url is given',
        description: 'GetDiagnostics or GetLog, as logType and OCPP version say. Answers with the command.',
        params: ThingParams,
        body: NewLogRequest,
        response: { 200: Command, ...PROBLEMS },
      },
    },
    async (request) => {
      const { thingName } = request.params;
      const { body } = request;
      const version = versionOf(deps, thingName);
      const expiresAt = now() + LINK_VALID_MS;
      const location = body.url ?? (await links.toUpload({ thingName, base: baseUrlOf(request), expiresAt }));
      const requestId = body.requestId ?? randomInt(1, MAX_REQUEST_ID);
      return send(request, getLog(version, { ...body, location, requestId }));
    },
  );

  /** Where the charge point is to fetch the firmware: a link of its own to our file, or the address as given. */
  async function sourceOf(
    request: FastifyRequest<{ Params: { thingName: string }; Body: Static<typeof NewFirmwarePublication> }>,
    expiresAt: number,
  ): Promise<{ location: string; file: FirmwareFile | null }> {
    const { firmwareFileId, url } = request.body;
    if ((firmwareFileId === undefined) === (url === undefined))
      throw badRequest('Either a firmwareFileId or a url is needed.');
    if (url !== undefined) return { location: url, file: null };
    const file = await firmwareFiles.get(firmwareFileId ?? '');
    if (file === null) throw notFound(`firmware file ${firmwareFileId}`);
    const { thingName } = request.params;
    return { location: await links.toFirmware(file, { thingName, base: baseUrlOf(request), expiresAt }), file };
  }

  const send = (
    request: FastifyRequest<{ Params: { thingName: string }; Body: Order }>,
    { action, payload }: Request,
  ) => {
    const { queueSeconds } = request.body;
    const queue = queueSeconds === undefined ? {} : { queueSeconds };
    return sendCommand(deps, request, { thingName: request.params.thingName, action, payload, ...queue });
  };
};

function versionOf({ registry, commands }: Pick<Deps, 'registry' | 'commands'>, thingName: string): OcppVersion {
  if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
  const protocol = commands.versionOf(thingName);
  if (protocol === null) throw conflict('It has never connected, so its OCPP version is not known.');
  return protocol;
}

/** What the charge point checks the file with; null: nothing. */
function signatureFor(
  { signed, ...given }: Pick<Static<typeof NewFirmwareUpdate>, 'signed' | 'signature' | 'signingCertificate'>,
  file: FirmwareFile | null,
): { signature: string; signingCertificate: string } | null {
  const signature = given.signature ?? file?.signature;
  const signingCertificate = given.signingCertificate ?? file?.signingCertificate;
  if (signed === false) return null;
  if (signature && signingCertificate) return { signature, signingCertificate };
  if (signed === true) throw badRequest('A signed update needs a signature and a signing certificate.');
  return null;
}

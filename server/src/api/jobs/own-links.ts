import type { FirmwareFile } from '@cpo-console/shared/api/jobs.ts';
import type { FastifyRequest } from 'fastify';
import type { ApiDeps } from '../api-deps.ts';

const DAY_MS = 24 * 3_600_000;
/** After the time at which the charge point is to begin. */
export const LINK_VALID_MS = 7 * DAY_MS;
/** A file may be fetched this many times over: charge points break off and try again. */
const FETCHES = 5;

interface LinkOptions {
  thingName: string;
  /** How the charge point reaches us. */
  base: string;
  expiresAt: number;
}

/** Links of ours for a charge point: made for it alone, so that no file server is needed. */
export function createOwnLinks(transferLinks: ApiDeps['transferLinks']) {
  return {
    /** Where it puts a file: the name of its own choice behind it. */
    async toUpload({ thingName, base, expiresAt }: LinkOptions): Promise<string> {
      const token = await transferLinks.create({ thingName, firmwareFileId: null, allowance: 1, expiresAt });
      return `${base}/uploads/${token}/`;
    },
    async toFirmware(file: FirmwareFile, { thingName, base, expiresAt }: LinkOptions): Promise<string> {
      const allowance = FETCHES * Math.max(1, file.bytes);
      const token = await transferLinks.create({ thingName, firmwareFileId: file.id, allowance, expiresAt });
      return `${base}/firmware/${token}/${encodeURIComponent(file.fileName)}`;
    },
  };
}

export const baseUrlOf = ({ body, protocol, host }: FastifyRequest<{ Body: { baseUrl?: string } }>): string =>
  body.baseUrl ?? `${protocol}://${host}`;

import { OCPP_VERSIONS, type OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';

/** The highest version that both know, whatever the order of the offer; null when there is none. */
export function negotiateVersion(offered: Iterable<string>): OcppVersion | null {
  const names = new Set([...offered].map((name) => name.toLowerCase()));
  return OCPP_VERSIONS.findLast((version) => names.has(version)) ?? null;
}

export const isOcppVersion = (name: string): name is OcppVersion => (OCPP_VERSIONS as readonly string[]).includes(name);

/** The names in a Sec-WebSocket-Protocol header. */
export const offeredProtocols = (header: string | undefined): string[] =>
  (header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

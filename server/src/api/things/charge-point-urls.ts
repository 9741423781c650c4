import type { AuthType } from '@cpo-console/shared/api/things.ts';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.ts';

/**
 * What to type into the charge point, as seen by whoever asked: the same host, or a proxy's when Fastify trusts it. The
 * safest first; a certificate is shown to our own TLS listener only.
 */
export function chargePointUrls(
  request: Pick<FastifyRequest, 'protocol' | 'host' | 'hostname'>,
  config: Pick<Config, 'ocppPath' | 'ocppUrl' | 'tls'>,
  { thingName, authType }: { thingName: string; authType: AuthType },
): string[] {
  if (config.ocppUrl !== null) return [`${config.ocppUrl}/${encodeURIComponent(thingName)}`];
  const path = `${config.ocppPath}/${encodeURIComponent(thingName)}`;
  const scheme = request.protocol === 'https' ? 'wss' : 'ws';
  const shared = `${scheme}://${request.host}${path}`;
  if (!config.tls) return [shared];
  const own = `wss://${request.hostname}:${config.tls.port}${path}`;
  return authType === 'certificate' ? [own] : [own, shared];
}

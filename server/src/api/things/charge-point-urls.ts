import type { FastifyRequest } from 'fastify';

/** What to type into the charge point, as seen by whoever asked: the same host, or a proxy's when Fastify trusts it. */
export function chargePointUrls(
  request: Pick<FastifyRequest, 'protocol' | 'host'>,
  { ocppPath, thingName }: { ocppPath: string; thingName: string },
): string[] {
  const scheme = request.protocol === 'https' ? 'wss' : 'ws';
  return [`${scheme}://${request.host}${ocppPath}/${encodeURIComponent(thingName)}`];
}

import type { WebsocketPluginOptions } from '@fastify/websocket';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { negotiateVersion } from './negotiate-version.ts';

/** Pieces of one message: each costs memory beside its bytes. */
const MAX_FRAGMENTS = 1_024;
/** For a peer to answer our close frame. */
const CLOSE_TIMEOUT_MS = 5_000;

/** How @fastify/websocket has to be registered, at the root and before any route, for the gateway to work. */
export const websocketPluginOptions = (maxFrameBytes: number): WebsocketPluginOptions => ({
  // A cast, because @types/ws does not know all of them yet.
  options: {
    handleProtocols: selectSubprotocol,
    maxPayload: maxFrameBytes,
    maxFragments: MAX_FRAGMENTS,
    closeTimeout: CLOSE_TIMEOUT_MS,
  } as NonNullable<WebsocketPluginOptions['options']>,
  // The gateway closes its sockets by itself, with a code that tells why.
  preClose: (done) => done(),
});

/** Without this `ws` takes the first protocol offered; false completes the handshake without one (OCPP-J §3.1.2). */
function selectSubprotocol(offered: Set<string>): string | false {
  const version = negotiateVersion(offered);
  return [...offered].find((name) => name.toLowerCase() === version) ?? false;
}

/**
 * Fastify's `frameworkErrors`: a URL that its router can't read. No hook runs for those, so nobody but this would end
 * the socket of an upgrade request.
 */
export function refuseUnreadableUrl(
  error: { statusCode?: number; message: string },
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (request.raw.headers.upgrade !== undefined) reply.raw.on('finish', () => request.raw.socket.destroySoon());
  const status = error.statusCode ?? 400;
  const problem = { type: 'about:blank', title: 'The address can not be read', status, detail: error.message };
  reply.code(status).type('application/problem+json').send(problem);
}

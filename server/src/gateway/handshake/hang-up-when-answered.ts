import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * While it closes, Fastify answers 503 by itself, before any hook, and knows nothing of the socket: left open, it would
 * hold up the stop until the charge point goes away.
 */
export function hangUpWhenAnswered(
  _request: IncomingMessage,
  socket: Duplex & { _httpMessage?: ServerResponse },
): void {
  if (socket._httpMessage?.writableEnded === true) socket.end(() => socket.destroy());
}

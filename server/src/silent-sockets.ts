import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

const LOOK_EVERY_MS = 250;

/**
 * Sockets that have asked for nothing yet, as browsers open them to have one at hand. To Node.js they are not idle: closing
 * the server would wait for them, and nobody looks for late ones any more by then.
 */
export function watchSilentSockets(server: Server): { close(): void } {
  const silent = new Set<Duplex>();
  const hasSpoken = ({ socket }: { socket: Duplex }): void => void silent.delete(socket);
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.prependListener('request', hasSpoken);
  server.prependListener('upgrade', hasSpoken);
  return {
    close() {
      const closing = setInterval(() => {
        for (const socket of silent) socket.destroy();
      }, LOOK_EVERY_MS);
      server.once('close', () => clearInterval(closing));
    },
  };
}

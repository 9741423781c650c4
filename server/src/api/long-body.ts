import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes a file: as long as it needs, while something comes. */
    longBody?: true;
  }
}

/** How long a sender that was told to stop may go on. */
const STOP_MS = 3_000;

/**
 * A body must be there within the time, unless the route takes files. Node has one limit for all requests, so this stands
 * in its place.
 */
export function limitBodyTime(app: FastifyInstance, { bodyMs, idleMs }: { bodyMs: number; idleMs: number }): void {
  app.addHook('onRequest', async ({ raw, routeOptions: { config } }) => {
    const hasBody = raw.headers['content-length'] !== undefined || raw.headers['transfer-encoding'] !== undefined;
    if (!hasBody) return;
    if (config.longBody === true) {
      raw.setTimeout(idleMs, () => raw.destroy());
      return;
    }
    const timer = setTimeout(() => raw.destroy(), bodyMs);
    raw.once('close', () => clearTimeout(timer));
  });
}

/** Leaves the body to the route, whatever its type. For a plugin of its own. */
export function takeRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
}

/** Answers before the whole body has come, and then hangs up. */
export function stopReading({ raw }: FastifyRequest, reply: FastifyReply): void {
  reply.header('connection', 'close');
  raw.resume();
  const timer = setTimeout(() => raw.destroy(), STOP_MS);
  raw.once('close', () => clearTimeout(timer));
}

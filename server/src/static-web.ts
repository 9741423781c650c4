import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const DIST = new URL('../../web/dist', import.meta.url).pathname;
const YEAR_SECONDS = 31_536_000;

/**
 * The built web app. Its files have their content's hash in their names and never change; index.html names them and is
 * always asked for anew. Any other address is one of the app's pages.
 */
export async function staticWeb(
  app: FastifyInstance,
  options: { notFound: (request: FastifyRequest, reply: FastifyReply) => unknown },
): Promise<void> {
  if (!existsSync(join(DIST, 'index.html'))) {
    app.log.warn('The web app is not built: run `npm start`, which builds it');
    app.setNotFoundHandler(options.notFound);
    return;
  }
  await app.register(fastifyStatic, {
    root: DIST,
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const forEver = path.includes(`${DIST}/assets/`);
      reply.header('cache-control', forEver ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (wantsPage && !request.url.startsWith('/api/')) return reply.sendFile('index.html');
    return options.notFound(request, reply);
  });
}

import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

/** `GET /metrics` for Prometheus. Public, with nothing secret in it. */
export async function metricsPlugin(app: FastifyInstance, { metrics }: { metrics: Metrics }): Promise<void> {
  app.get('/metrics', { config: { public: true }, schema: { hide: true } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.read()),
  );
}

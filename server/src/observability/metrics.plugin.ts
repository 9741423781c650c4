import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { contentOf } from '../api/common.schemas.ts';
import type { Metrics } from './metrics.ts';

/** `GET /metrics` for Prometheus. Public, with nothing secret in it. */
export async function metricsPlugin(app: FastifyInstance, { metrics }: { metrics: Metrics }): Promise<void> {
  app.get(
    '/metrics',
    {
      config: { public: true },
      schema: {
        tags: ['health'],
        summary: 'What this process measures of itself, as Prometheus reads it',
        response: { 200: contentOf({ 'text/plain': Type.String() }) },
      },
    },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.read()),
  );
}

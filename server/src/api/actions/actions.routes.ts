import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { PROBLEMS } from '../common.schemas.ts';
import { Protocol } from '../things/things.schemas.ts';
import { createActionCatalogue } from './action-catalogue.ts';

const Action = Type.Object({
  action: Type.String(),
  from: Type.Enum(['charge-point', 'csms', 'both'], { description: 'Who may call it.' }),
  block: Type.String({ description: 'Feature profile (1.6) or functional block (2.x).' }),
  summary: Type.String(),
  requestSchema: Type.Union([Type.Unsafe<Record<string, unknown>>({ type: 'object' }), Type.Null()], {
    description: 'JSON schema of the request, for those that can be sent to a charge point.',
  }),
});

export const actionsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const catalogue = createActionCatalogue();
  app.get(
    '/actions',
    {
      config: { permission: 'things:read' },
      schema: {
        tags: ['commands'],
        summary: 'The actions of an OCPP version, with the schemas for command forms',
        querystring: Type.Object({ protocol: Protocol }, { additionalProperties: false }),
        response: { 200: Type.Object({ items: Type.Array(Action) }), ...PROBLEMS },
      },
    },
    async ({ query }, reply) => {
      reply.header('cache-control', 'private, max-age=3600');
      return { items: await catalogue.of(query.protocol) };
    },
  );
};

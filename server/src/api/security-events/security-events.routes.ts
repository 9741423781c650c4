import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { Cursor, Limit, nullable, PROBLEMS, pageOf, ThingParams, Time } from '../common.schemas.ts';
import { notFound } from '../errors.ts';

const SecurityEventPage = pageOf(
  Type.Object({
    id: Type.String(),
    type: Type.String({ examples: ['InvalidFirmwareSignature'] }),
    severity: Type.Enum(['info', 'warning', 'critical'], { description: 'Ours: how much it asks for attention.' }),
    techInfo: nullable(Type.String()),
    at: Type.String({ format: 'date-time', description: 'By the charge point’s clock.' }),
    receivedAt: Time,
  }),
);

const SecurityEventsQuery = Type.Object(
  { limit: Limit(100, 1000), cursor: Type.Optional(Cursor) },
  { additionalProperties: false },
);

type Deps = Pick<ApiDeps, 'registry' | 'securityEvents'>;

export const securityEventsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { registry, securityEvents }) => {
  app.get(
    '/things/:thingName/security-events',
    {
      config: { permission: 'things:read' },
      schema: {
        tags: ['charge points'],
        summary: 'What it reported about its own security, newest first',
        params: ThingParams,
        querystring: SecurityEventsQuery,
        response: { 200: SecurityEventPage, ...PROBLEMS },
      },
    },
    async ({ params: { thingName }, query }) => {
      if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
      return securityEvents.list({ thingName, ...query });
    },
  );
};

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { notFound } from '../errors.ts';
import { maskSecrets } from '../messages/mask-secrets.ts';

type Deps = Pick<ApiDeps, 'registry' | 'variables'>;

export const variablesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { registry, variables }) => {
  app.get(
    '/things/:thingName/variables',
    {
      config: { permission: 'things:read' },
      schema: {
        tags: ['charge points'],
        summary: 'The variables or configuration keys that it has reported',
        params: ThingParams,
        response: { 200: Type.Object({ items: Type.Array(Type.Unknown()) }), ...PROBLEMS },
      },
    },
    async ({ params }) => {
      if (registry.get(params.thingName) === null) throw notFound(`charge point ${params.thingName}`);
      const items = await variables.list(params.thingName);
      return { items: JSON.parse(maskSecrets(JSON.stringify(items)).frame) as unknown[] };
    },
  );
};

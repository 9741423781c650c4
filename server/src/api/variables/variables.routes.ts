import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { nullable, PROBLEMS, ThingParams, Time } from '../common.schemas.ts';
import { notFound } from '../errors.ts';

const Variables = Type.Object({
  items: Type.Array(
    Type.Object({
      component: nullable(
        Type.Object({
          name: Type.String(),
          instance: nullable(Type.String()),
          evseId: nullable(Type.Integer()),
          connectorId: nullable(Type.Integer()),
        }),
        { description: 'null in OCPP 1.6.' },
      ),
      variable: Type.Object(
        { name: Type.String(), instance: nullable(Type.String()) },
        { description: 'In OCPP 1.6 the configuration key.' },
      ),
      attribute: Type.String({ description: 'Actual, Target, MinSet or MaxSet.' }),
      value: nullable(Type.String(), { description: 'null when not known, and for a secret.' }),
      mutability: nullable(Type.String()),
      updatedAt: Time,
    }),
  ),
});

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
        response: { 200: Variables, ...PROBLEMS },
      },
    },
    async ({ params }) => {
      if (registry.get(params.thingName) === null) throw notFound(`charge point ${params.thingName}`);
      return { items: await variables.list(params.thingName) };
    },
  );
};

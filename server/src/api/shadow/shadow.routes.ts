import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { nullable, PROBLEMS, ThingParams } from '../common.schemas.ts';
import { notFound } from '../errors.ts';

const Document = Type.Record(Type.String(), Type.Unknown());
const Shadow = Type.Object({
  thingName: Type.String(),
  version: Type.Integer(),
  state: Type.Object({ reported: Document, desired: Document }),
  timestamp: Type.Integer({ description: 'Seconds since the epoch.' }),
});
const ShadowPatch = Type.Object(
  {
    state: Type.Object(
      { desired: nullable(Document) },
      { additionalProperties: false, description: 'Objects merge, null removes a key.' },
    ),
  },
  { additionalProperties: false },
);

const tags = ['charge points'];

export const shadowRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'registry' | 'shadows'>> = async (
  app,
  { registry, shadows },
) => {
  const mustExist = (thingName: string): void => {
    if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
  };

  app.get(
    '/things/:thingName/shadow',
    {
      config: { permission: 'things:read' },
      schema: { tags, summary: 'The device shadow', params: ThingParams, response: { 200: Shadow, ...PROBLEMS } },
    },
    async ({ params }) => {
      mustExist(params.thingName);
      return shadows.get(params.thingName);
    },
  );

  app.patch(
    '/things/:thingName/shadow',
    {
      config: { permission: 'things:configure' },
      schema: {
        tags,
        summary: 'Change the desired state',
        params: ThingParams,
        body: ShadowPatch,
        response: { 200: Shadow, ...PROBLEMS },
      },
    },
    async ({ params, body }) => {
      mustExist(params.thingName);
      return shadows.desire(params.thingName, body.state.desired);
    },
  );
};

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { nullable, PROBLEMS, replacementOf, ThingParams } from '../common.schemas.ts';
import { notFound } from '../errors.ts';

const Decision = Type.Enum(['Accepted', 'Pending', 'Rejected']);
const RetryInterval = Type.Integer({
  minimum: 0,
  maximum: 86_400,
  description: 'Until its next try, when it is not accepted; 0: as it likes.',
});
const BootPolicy = Type.Object({ decision: Decision, retryIntervalSeconds: RetryInterval });
const NewBootPolicy = Type.Object(
  {
    decision: Decision,
    retryIntervalSeconds: Type.Optional(RetryInterval),
  },
  { additionalProperties: false },
);
const ThingBootPolicy = Type.Object({
  decision: Decision,
  retryIntervalSeconds: RetryInterval,
  own: Type.Boolean({ description: 'false: it has none of its own, the fleet’s holds.' }),
  heldBack: nullable(Type.Enum(['Pending', 'Rejected']), {
    description: 'What it was told at its last boot, unless that was Accepted.',
  }),
});
const NewThingBootPolicy = replacementOf(ThingBootPolicy, NewBootPolicy);

const tags = ['configuration'];
const DEFAULT_RETRY_SECONDS = 30;

export const bootPolicyRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'registry' | 'boots'>> = async (
  app,
  { registry, boots },
) => {
  const view = (thingName: string) => ({ ...boots.policyOf(thingName), heldBack: boots.heldBack(thingName) });
  const mustExist = (thingName: string): void => {
    if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
  };

  app.get(
    '/boot-policy',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'What charge points without a policy of their own are told when they boot',
        response: { 200: BootPolicy, ...PROBLEMS },
      },
    },
    async () => boots.fleetPolicy(),
  );

  app.put(
    '/boot-policy',
    {
      config: { permission: 'things:configure' },
      schema: {
        tags,
        summary: 'Change what charge points without a policy of their own are told when they boot',
        body: NewBootPolicy,
        response: { 200: BootPolicy, ...PROBLEMS },
      },
    },
    async ({ body }) => {
      await boots.setFleetPolicy({ retryIntervalSeconds: DEFAULT_RETRY_SECONDS, ...body });
      return boots.fleetPolicy();
    },
  );

  app.get(
    '/things/:thingName/boot-policy',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'What a charge point is told when it boots',
        params: ThingParams,
        response: { 200: ThingBootPolicy, ...PROBLEMS },
      },
    },
    async ({ params }) => {
      mustExist(params.thingName);
      return view(params.thingName);
    },
  );

  app.put(
    '/things/:thingName/boot-policy',
    {
      config: { permission: 'things:configure' },
      schema: {
        tags,
        summary: 'Accept, hold (Pending) or reject a charge point from its next boot on',
        params: ThingParams,
        body: NewThingBootPolicy,
        response: { 200: ThingBootPolicy, ...PROBLEMS },
      },
    },
    async ({ params, body: { decision, retryIntervalSeconds = DEFAULT_RETRY_SECONDS } }) => {
      mustExist(params.thingName);
      await boots.setPolicy(params.thingName, { decision, retryIntervalSeconds });
      return view(params.thingName);
    },
  );

  app.delete(
    '/things/:thingName/boot-policy',
    {
      config: { permission: 'things:configure' },
      schema: {
        tags,
        summary: 'Let the fleet’s boot policy hold for a charge point',
        params: ThingParams,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params }, reply) => {
      mustExist(params.thingName);
      await boots.setPolicy(params.thingName, null);
      return reply.code(204).send(null);
    },
  );
};

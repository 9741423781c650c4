import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { nullable, PROBLEMS, ThingParams, Time } from '../common.schemas.ts';
import { notFound } from '../errors.ts';

const EventStreams = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.Integer(),
      monitoringId: nullable(Type.Integer(), { description: 'The monitor whose values it carries.' }),
      intervalSeconds: nullable(Type.Integer()),
      maxValues: nullable(Type.Integer()),
      openedAt: Time,
      closedAt: nullable(Time),
      lastAt: nullable(Time, { description: 'By the charge point’s clock.' }),
      lastValue: nullable(Type.String()),
      pending: nullable(Type.Integer({ description: 'What it still held back with the last value.' })),
      received: Type.Integer(),
    }),
  ),
});

type Deps = Pick<ApiDeps, 'registry' | 'eventStreams'>;

export const eventStreamsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { registry, eventStreams }) => {
  app.get(
    '/things/:thingName/event-streams',
    {
      config: { permission: 'things:read' },
      schema: {
        tags: ['charge points'],
        summary: 'OCPP 2.1: its periodic streams of values, each with its last one',
        params: ThingParams,
        response: { 200: EventStreams, ...PROBLEMS },
      },
    },
    async ({ params: { thingName } }) => {
      if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
      return { items: await eventStreams.list(thingName) };
    },
  );
};

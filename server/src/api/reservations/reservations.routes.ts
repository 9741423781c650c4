import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { notFound } from '../errors.ts';
import { ReservationPage, ReservationsQuery, ThingReservationsQuery } from './reservations.schemas.ts';

type Deps = Pick<ApiDeps, 'registry' | 'reservations'>;
const tags = ['reservations'];

export const reservationsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { registry, reservations }) => {
  app.get(
    '/reservations',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'Reservations of all charge points, newest first',
        querystring: ReservationsQuery,
        response: { 200: ReservationPage, ...PROBLEMS },
      },
    },
    async ({ query }) => reservations.list(query),
  );

  app.get(
    '/things/:thingName/reservations',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'Reservations of a charge point and what became of them, newest first',
        params: ThingParams,
        querystring: ThingReservationsQuery,
        response: { 200: ReservationPage, ...PROBLEMS },
      },
    },
    async ({ params: { thingName }, query }) => {
      if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
      return reservations.list({ ...query, thingName });
    },
  );
};

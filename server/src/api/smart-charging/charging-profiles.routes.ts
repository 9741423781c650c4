import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { notFound } from '../errors.ts';
import { ChargingProfiles, ChargingReports } from './smart-charging.schemas.ts';

type Deps = Pick<ApiDeps, 'registry' | 'chargingProfiles' | 'chargingReports'>;
const tags = ['smart charging'];

export const chargingProfilesRoutes: FastifyPluginAsyncTypebox<Deps> = async (
  app,
  { registry, chargingProfiles, chargingReports },
) => {
  const mustKnow = (thingName: string): void => {
    if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
  };

  app.get(
    '/things/:thingName/charging-profiles',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'The charging profiles that a charge point has, as far as we know',
        params: ThingParams,
        response: { 200: ChargingProfiles, ...PROBLEMS },
      },
    },
    async ({ params: { thingName } }) => {
      mustKnow(thingName);
      return { items: await chargingProfiles.list(thingName) };
    },
  );

  app.get(
    '/things/:thingName/charging-reports',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'Composite schedules, limits set by others, and what cars want: what it said last',
        params: ThingParams,
        response: { 200: ChargingReports, ...PROBLEMS },
      },
    },
    async ({ params: { thingName } }) => {
      mustKnow(thingName);
      return { items: await chargingReports.list(thingName) };
    },
  );
};

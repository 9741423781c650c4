import type { ThingDrift } from '@cpo-console/shared/api/configuration.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { conflict, notFound } from '../errors.ts';
import { ChangeResults } from '../variables/variables.schemas.ts';
import { DriftQuery, ThingDesired, ThingDriftPage } from './desired-configuration.schemas.ts';

type Deps = Pick<ApiDeps, 'registry' | 'desired' | 'access'>;
const tags = ['configuration'];
/** Things looked at in one query. */
const CHUNK = 200;

export const driftRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { registry, desired, access }) => {
  app.get(
    '/desired-configuration/drift',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'Charge points that are not configured as they should be, by name',
        querystring: DriftQuery,
        response: { 200: ThingDriftPage, ...PROBLEMS },
      },
    },
    async ({ query }) => {
      const after = query.cursor === undefined ? '' : decodeCursor(query.cursor);
      const things = registry.list().filter(({ thingName }) => thingName > after);
      const found: ThingDrift[] = [];
      for (let at = 0; at < things.length && found.length <= query.limit; at += CHUNK) {
        found.push(...(await desired.outOfStep(things.slice(at, at + CHUNK))));
      }
      const items = found.slice(0, query.limit);
      const last = found.length > query.limit ? items.at(-1) : undefined;
      return { items, nextCursor: last === undefined ? null : encodeCursor(last.thingName) };
    },
  );

  app.get(
    '/things/:thingName/desired-configuration',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'What is wanted of a charge point, beside what it is',
        params: ThingParams,
        response: { 200: ThingDesired, ...PROBLEMS },
      },
    },
    async ({ params }) => {
      const items = await desired.driftOf(params.thingName);
      if (items === null) throw notFound(`charge point ${params.thingName}`);
      return { items };
    },
  );

  app.post(
    '/things/:thingName/desired-configuration/apply',
    {
      config: { permission: 'things:configure' },
      schema: {
        tags,
        summary: 'Set what differs from what is wanted, or is not known, with a result for each',
        params: ThingParams,
        response: { 200: ChangeResults, ...PROBLEMS },
      },
    },
    async (request) => {
      const { thingName } = request.params;
      if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
      const results = await desired.apply(thingName, access.actor(request));
      if (results === null) throw conflict('It has never connected, so its OCPP version is not known.');
      return { results };
    },
  );
};

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { notFound } from '../errors.ts';
import { JobPage, JobsQuery } from './jobs.schemas.ts';

type Deps = Pick<ApiDeps, 'registry' | 'jobs'>;

export const jobsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { registry, jobs }) => {
  app.get(
    '/things/:thingName/firmware',
    {
      config: { permission: 'things:read' },
      schema: {
        tags: ['firmware and logs'],
        summary: 'Firmware updates and log uploads with the history of their status, newest first',
        params: ThingParams,
        querystring: JobsQuery,
        response: { 200: JobPage, ...PROBLEMS },
      },
    },
    async ({ params: { thingName }, query }) => {
      if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
      return jobs.list({ thingName, ...query });
    },
  );
};

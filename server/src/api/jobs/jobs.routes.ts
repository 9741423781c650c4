import type { Job, JobWithFiles } from '@cpo-console/shared/api/jobs.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { notFound } from '../errors.ts';
import { JobPage, JobsQuery } from './jobs.schemas.ts';

type Deps = Pick<ApiDeps, 'registry' | 'jobs' | 'firmwareFiles' | 'logFiles'>;

export const jobsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { registry, jobs } = deps;
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
      const page = await jobs.list({ thingName, ...query });
      return { ...page, items: await withFiles(page.items, deps) };
    },
  );
};

async function withFiles(jobs: Job[], { firmwareFiles, logFiles }: Deps): Promise<JobWithFiles[]> {
  const files = Map.groupBy(await logFiles.ofJobs(jobs.map(({ id }) => id)), ({ jobId }) => jobId);
  const firmware = await firmwareFiles.named(jobs.flatMap(({ firmwareFileId }) => firmwareFileId ?? []));
  return jobs.map((job) => ({
    ...job,
    firmwareFile: firmware.get(job.firmwareFileId ?? '') ?? null,
    files: files.get(job.id) ?? [],
  }));
}

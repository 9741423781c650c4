import type { RetentionChanges as Changes } from '@cpo-console/shared/api/retention.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS } from '../common.schemas.ts';
import { Retention, RetentionChanges, RetentionRun } from './retention.schemas.ts';

const tags = ['retention'];
const config = { permission: 'retention:write' } as const;

/** How long things are kept. */
export const retentionRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'retention' | 'access'>> = async (
  app,
  { retention, access },
) => {
  app.get(
    '/retention',
    {
      config,
      schema: {
        tags,
        summary: 'What is kept, for how long, and how much it is',
        response: { 200: Retention, ...PROBLEMS },
      },
    },
    async () => retention.read(),
  );

  app.patch(
    '/retention',
    {
      config,
      schema: {
        tags,
        summary: 'Change for how many days kinds of things are kept',
        description: 'Holds from the next run on, which `POST /retention/run` begins at once.',
        body: RetentionChanges,
        response: { 200: Retention, ...PROBLEMS },
      },
    },
    async (request) => {
      await retention.change(request.body as Changes, access.actor(request));
      return retention.read();
    },
  );

  app.post(
    '/retention/run',
    {
      config,
      schema: {
        tags,
        summary: 'Remove everything that is due now; answers when it is done',
        response: { 200: RetentionRun, ...PROBLEMS },
      },
    },
    async () => retention.run(),
  );
};

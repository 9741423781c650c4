import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS } from '../common.schemas.ts';

const Count = Type.Integer({ minimum: 0 });
const FleetSummary = Type.Object({
  total: Count,
  byState: Type.Object({
    connected: Count,
    charging: Count,
    faulted: Count,
    booting: Count,
    offline: Count,
    'never-seen': Count,
  }),
  activeTransactions: Count,
  messagesPerSecond: Type.Number(),
  messagesLastMinute: Type.Array(Count, { description: 'Messages in each of the last 60 seconds, oldest first.' }),
});

export const fleetRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'fleet'>> = async (app, { fleet }) => {
  app.get(
    '/fleet',
    {
      config: { permission: 'things:read' },
      schema: {
        tags: ['charge points'],
        summary: 'The fleet in numbers',
        response: { 200: FleetSummary, ...PROBLEMS },
      },
    },
    async () => fleet.summary(),
  );
};

import type { Health } from '@cpo-console/shared/api/health.ts';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const REFRESH_MS = 3_000;

export const healthQuery = queryOptions({
  queryKey: keys.health,
  queryFn: ({ signal }) => api.get<Health>('/health', undefined, signal),
  refetchInterval: REFRESH_MS,
});

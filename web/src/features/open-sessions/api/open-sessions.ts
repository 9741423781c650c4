import type { Page } from '@cpo-console/shared/api/page.ts';
import type { OpenSession } from '@cpo-console/shared/api/sign-in.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';

const REFRESH_MS = 10_000;

export const openSessionsQuery = queryOptions({
  queryKey: ['open-sessions'],
  queryFn: ({ signal }) => api.get<Page<OpenSession>>('/open-sessions', undefined, signal),
  refetchInterval: REFRESH_MS,
});

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/open-sessions/${encodeURIComponent(id)}`),
    onSettled: () => client.invalidateQueries({ queryKey: openSessionsQuery.queryKey }),
  });
}

import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Pin, Retention, RetentionChanges, RetentionRun } from '@cpo-console/shared/api/retention.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const REFRESH_MS = 60_000;
const WHILE_RUNNING_MS = 1_000;

export const retentionQuery = queryOptions({
  queryKey: keys.retention,
  queryFn: ({ signal }) => api.get<Retention>('/retention', undefined, signal),
  refetchInterval: ({ state }) => (state.data?.running ? WHILE_RUNNING_MS : REFRESH_MS),
});

export const pinsQuery = queryOptions({
  queryKey: keys.pins,
  queryFn: async ({ signal }) => (await api.get<Page<Pin>>('/pins', undefined, signal)).items,
});

export function useChangeRetention() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: RetentionChanges) => api.patch<Retention>('/retention', changes),
    onSuccess: (now) => client.setQueryData(keys.retention, now),
  });
}

export function useRunRetention() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<RetentionRun>('/retention/run'),
    onSettled: () => client.invalidateQueries({ queryKey: keys.retention }),
  });
}

export function useUnpin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/pins/${encodeURIComponent(id)}`),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.pins }),
        client.invalidateQueries({ queryKey: keys.retention }),
      ]),
  });
}

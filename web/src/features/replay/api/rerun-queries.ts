import type { ImportedLog } from '@cpo-console/shared/api/log.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { NewRerun, Rerun, RerunDifference } from '@cpo-console/shared/api/replays.ts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const POLL_MS = 700;
const path = (id: string): string => `/replays/${encodeURIComponent(id)}`;

export const rerunsQuery = queryOptions({
  queryKey: keys.reruns.list,
  queryFn: async ({ signal }) => (await api.get<Page<Rerun>>('/replays', undefined, signal)).items,
  refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === 'running') ? POLL_MS : false),
});

export const rerunQuery = (id: string) =>
  queryOptions({
    queryKey: keys.reruns.one(id),
    queryFn: ({ signal }) => api.get<Rerun>(path(id), undefined, signal),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? POLL_MS : false),
  });

/** @param known how many there are so far: more make it look again */
export const differencesQuery = (id: string, known: number) =>
  infiniteQueryOptions({
    queryKey: keys.reruns.differences(id, known),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<RerunDifference>>(`${path(id)}/differences`, pageParam === '' ? {} : { cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (before) => before,
  });

export const importedLogsQuery = queryOptions({
  queryKey: keys.imports.all,
  queryFn: async ({ signal }) => (await api.get<Page<ImportedLog>>('/imports', undefined, signal)).items,
});

export function useStartRerun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rerun: NewRerun) => api.post<Rerun>('/replays', rerun),
    onSettled: () => client.invalidateQueries({ queryKey: keys.reruns.all }),
  });
}

export function useStopRerun(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<Rerun>(`${path(id)}/stop`, undefined),
    onSettled: () => client.invalidateQueries({ queryKey: keys.reruns.all }),
  });
}

/** @param leave goes away from its page, before that would look for what is gone */
export function useForgetRerun(id: string, leave: () => Promise<void>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete<void>(path(id)),
    onSuccess: leave,
    onSettled: () => client.invalidateQueries({ queryKey: keys.reruns.all }),
  });
}

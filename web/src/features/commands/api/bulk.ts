import type { BulkCommand, BulkResult, NewBulkCommand } from '@cpo-console/shared/api/commands.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const SHOWN = 200;
const FOLLOW_MS = 1_000;

/** Whether something of it can still change. */
export const isOpen = ({ state, counts }: BulkCommand): boolean =>
  state === 'running' || counts.some((each) => each.state === 'queued' || each.state === 'sent');

export const bulkCommandsQuery = queryOptions({
  queryKey: keys.commands.bulk,
  queryFn: async ({ signal }) => (await api.get<Page<BulkCommand>>('/bulk-commands', { limit: 100 }, signal)).items,
  refetchInterval: ({ state: { data } }) => (data?.some(({ state }) => state === 'running') ? FOLLOW_MS : false),
});

export const bulkCommandQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.commands.bulk, id],
    queryFn: ({ signal }) => api.get<BulkCommand>(`/bulk-commands/${encodeURIComponent(id)}`, undefined, signal),
    refetchInterval: ({ state: { data } }) => (data && isOpen(data) ? FOLLOW_MS : false),
  });

/** @param version changes when there is something new to fetch */
export const bulkResultsQuery = (id: string, filter: { state?: string; word?: string }, version: string) =>
  queryOptions({
    queryKey: [...keys.commands.bulk, id, 'results', filter, version],
    queryFn: ({ signal }) =>
      api.get<Page<BulkResult>>(
        `/bulk-commands/${encodeURIComponent(id)}/results`,
        { ...filter, limit: SHOWN },
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export function useSendBulk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (command: NewBulkCommand) => api.post<BulkCommand>('/bulk-commands', command),
    onSettled: () => client.invalidateQueries({ queryKey: keys.commands.bulk }),
  });
}

export function useStopBulk(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<BulkCommand>(`/bulk-commands/${encodeURIComponent(id)}/stop`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.commands.bulk }),
  });
}

import type { RunningExport } from '@cpo-console/shared/api/log.ts';
import { queryOptions } from '@tanstack/react-query';
import { ApiError, api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const POLL_MS = 400;

/** The download begins a moment after the browser was asked for it; after this many tries it does not. */
const MOST_TRIES = 25;
const isNotYet = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

/** That the server knows of no download is an error like any other once it had its time. */
export const exportQuery = (id: string) =>
  queryOptions({
    queryKey: keys.exports(id),
    queryFn: ({ signal }) => api.get<RunningExport>(`/messages/exports/${id}`, undefined, signal),
    retry: (tries, error) => tries < MOST_TRIES && isNotYet(error),
    retryDelay: POLL_MS,
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? POLL_MS : false),
    gcTime: 0,
  });

export const isUnderWay = (running: RunningExport | undefined): boolean =>
  running?.status === 'preparing' || running?.status === 'running';

export const stopExport = (id: string): Promise<void> => api.delete(`/messages/exports/${id}`);

/** As a link does: the browser writes to disk as it comes, whatever its size. */
export function beginDownload(url: string): void {
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = '';
  anchor.click();
}

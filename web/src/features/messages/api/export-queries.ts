import type { RunningExport } from '@cpo-console/shared/api/log.ts';
import { queryOptions } from '@tanstack/react-query';
import { ApiError, api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const POLL_MS = 400;

/** The download begins a moment after the browser was asked for it. */
const notYet = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

export const exportQuery = (id: string) =>
  queryOptions({
    queryKey: keys.exports(id),
    queryFn: ({ signal }) =>
      api.get<RunningExport>(`/messages/exports/${id}`, undefined, signal).catch((error: unknown) => {
        if (notYet(error)) return { id, rows: 0, at: null, status: 'running' } satisfies RunningExport;
        throw error;
      }),
    refetchInterval: ({ state }) => (state.data && state.data.status !== 'running' ? false : POLL_MS),
    gcTime: 0,
  });

export const stopExport = (id: string): Promise<void> => api.delete(`/messages/exports/${id}`);

/** As a link does: the browser writes to disk as it comes, whatever its size. */
export function beginDownload(url: string): void {
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = '';
  anchor.click();
}

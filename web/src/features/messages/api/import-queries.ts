import type { ImportedLog } from '@cpo-console/shared/api/log.ts';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { uploadFile } from '../../../lib/upload-file.ts';
import { keys } from '../../../live/query-keys.ts';

/** What the beginning of a file would become. */
export interface ImportPreview {
  lines: number;
  rows: number;
  things: string[];
  first: Message[];
  problems: { line: number; problem: string }[];
  problemCount: number;
}

const POLL_MS = 500;
/** One more than is looked at, so that the server knows that there is more and leaves out the line that is cut. */
const PREVIEW_BYTES = (1 << 20) + 1;

export const importsQuery = queryOptions({
  queryKey: keys.imports.all,
  queryFn: async ({ signal }) => (await api.get<Page<ImportedLog>>('/imports', undefined, signal)).items,
  refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === 'running') ? POLL_MS : false),
});

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: keys.imports.one(id),
    queryFn: ({ signal }) => api.get<ImportedLog>(`/imports/${encodeURIComponent(id)}`, undefined, signal),
  });

export const previewImport = (file: File, thingName: string): Promise<ImportPreview> =>
  api.postFile('/messages/import', { query: queryOf(file, thingName, true), file: file.slice(0, PREVIEW_BYTES) });

interface Sending {
  thingName: string;
  /** From 0 to 1. */
  onProgress: (sent: number) => void;
  signal: AbortSignal;
}

export const startImport = (file: File, { thingName, ...sending }: Sending): Promise<ImportedLog> =>
  uploadFile({ path: '/messages/import', query: queryOf(file, thingName, false), file, ...sending });

export const removeImport = (id: string): Promise<void> => api.delete(`/imports/${encodeURIComponent(id)}`);

const queryOf = (file: File, thingName: string, preview: boolean) => ({
  name: file.name.slice(0, 200) || 'log',
  ...(thingName.trim() !== '' && { thingName: thingName.trim() }),
  preview,
});

import type { FirmwareFilePage, JobWithFiles } from '@cpo-console/shared/api/jobs.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

export const jobsQuery = (thingName: string) =>
  infiniteQueryOptions({
    queryKey: keys.records.of({ thingName, records: 'firmware' }),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<JobWithFiles>>(
        thingPath(thingName, '/firmware'),
        { limit: 30, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const firmwareFilesQuery = infiniteQueryOptions({
  queryKey: keys.firmwareFiles.all,
  queryFn: ({ pageParam, signal }) =>
    api.get<FirmwareFilePage>(
      '/firmware-files',
      { limit: 200, ...(pageParam !== null && { cursor: pageParam }) },
      signal,
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
});

import type { FindingView } from '@cpo-console/shared/api/log.ts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { keys } from '../live/query-keys.ts';
import { api } from './api-client.ts';

export interface FindingRange {
  thingName: string;
  from: string;
  to: string;
  import?: string;
}

const FRESH_MS = 60_000;

/** What looks wrong in a range of a charge point's log. */
export const findingsQuery = (range: FindingRange) =>
  queryOptions({
    queryKey: keys.findings(range),
    queryFn: ({ signal }) => api.get<{ items: FindingView[]; cutAt: string | null }>('/findings', { ...range }, signal),
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });

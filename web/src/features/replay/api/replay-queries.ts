import type { ReplayOutline, ReplayPage } from '@cpo-console/shared/api/log.ts';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

export interface ReplayRange {
  thingName: string;
  from: string;
  to: string;
  /** An imported log instead of the live one. */
  import?: string;
}

/** What happened does not change: fetched once. */
const KEEP = { staleTime: Number.POSITIVE_INFINITY, gcTime: 60_000 } as const;

export const outlineQuery = (range: ReplayRange) =>
  queryOptions({
    queryKey: keys.replay.outline(range),
    queryFn: ({ signal }) => api.get<ReplayOutline>('/messages/replay', { ...range }, signal),
    ...KEEP,
  });

export const pageQuery = (range: ReplayRange, page: number) =>
  queryOptions({
    queryKey: keys.replay.page(range, page),
    queryFn: ({ signal }) => api.get<ReplayPage>('/messages/replay/page', { ...range, page }, signal),
    ...KEEP,
  });

import type { OutsideReading } from '@cpo-console/shared/api/access.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { MeterValue, Transaction, TransactionDetail } from '@cpo-console/shared/api/transactions.ts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';
import type { SessionFilter } from '../../../live/session-filter.ts';

const PAGE = 100;
const STUCK_REFRESH_MS = 30_000;
const OUTSIDE_REFRESH_MS = 60_000;

export const sessionsQuery = (filter: SessionFilter) =>
  infiniteQueryOptions({
    queryKey: keys.transactions.list(filter),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Transaction>>(
        '/transactions',
        { ...filter, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
    // No event tells that nothing happened for long.
    refetchInterval: filter.stuck ? STUCK_REFRESH_MS : false,
  });

export const sessionDetailQuery = (id: string) =>
  queryOptions({
    queryKey: keys.transactions.detail(id),
    queryFn: ({ signal }) => api.get<TransactionDetail>(`/transactions/${encodeURIComponent(id)}`, undefined, signal),
  });

/** The last that came. */
const OUTSIDE = 100;

export const outsideReadingsQuery = (thingName: string) =>
  queryOptions({
    queryKey: keys.transactions.outside(thingName),
    queryFn: async ({ signal }) =>
      (await api.get<{ items: OutsideReading[] }>(thingPath(thingName, '/meter-values'), { limit: OUTSIDE }, signal))
        .items,
    refetchInterval: OUTSIDE_REFRESH_MS,
  });

export const meterValuesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.transactions.meterValues(id),
    queryFn: async ({ signal }) =>
      (
        await api.get<{ items: MeterValue[] }>(
          `/transactions/${encodeURIComponent(id)}/meter-values`,
          undefined,
          signal,
        )
      ).items,
  });

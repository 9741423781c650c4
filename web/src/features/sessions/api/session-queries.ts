import type { OutsideReading } from '@cpo-console/shared/api/access-contracts.ts';
import type { MeterValue, Page, Transaction, TransactionDetail } from '@cpo-console/shared/api/contracts.ts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';
import type { SessionFilter } from './session-filter.ts';

const PAGE = 100;
/** Sessions have no event of their own in the stream. */
const REFRESH_MS = 10_000;
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
    refetchInterval: REFRESH_MS,
  });

export const sessionDetailQuery = (id: string) =>
  queryOptions({
    queryKey: keys.transactions.detail(id),
    queryFn: ({ signal }) => api.get<TransactionDetail>(`/transactions/${encodeURIComponent(id)}`, undefined, signal),
    refetchInterval: (query) => (query.state.data?.active ? REFRESH_MS : false),
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

export const meterValuesQuery = (id: string, active: boolean) =>
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
    refetchInterval: active ? REFRESH_MS : false,
  });

import type { MessageExchange, MessagePage } from '@cpo-console/shared/api/messages.ts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { type MessageFilter, queryOf } from '../../../live/message-filter.ts';
import { keys } from '../../../live/query-keys.ts';

const PAGE = 200;

export const messagesQuery = (filter: MessageFilter) =>
  infiniteQueryOptions({
    queryKey: keys.messages.list(filter),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<MessagePage>(
        '/messages',
        { ...queryOf(filter), partners: true, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
    // Live rows move all others by some places: comparing them place by place would copy every one of them.
    structuralSharing: false,
    // Live rows keep it fresh while it shows; a list left and come back to begins anew.
    gcTime: 0,
  });

/** Whether anything comes through, as far as one search looks. */
export const anyMessageQuery = (filter: MessageFilter) =>
  queryOptions({
    queryKey: keys.messages.any(filter),
    queryFn: async ({ signal }) =>
      (await api.get<MessagePage>('/messages', { ...queryOf(filter), limit: 1 }, signal)).items.length > 0,
  });

/** A message with the other half of its exchange, newest first, wherever these are. */
export const exchangeQuery = (id: string, { answer, ...log }: ExchangeOf) =>
  queryOptions({
    queryKey: keys.messages.exchange(id, { ...log, answer }),
    queryFn: ({ signal }) =>
      api.get<MessageExchange>(`/messages/${encodeURIComponent(id)}/exchange`, { ...log }, signal),
    placeholderData: (before) => (before?.items.some((message) => message.id === id) ? before : undefined),
  });

interface ExchangeOf {
  /** The imported log that it is of. */
  import?: string;
  /** The answer that is known already. */
  answer?: string | undefined;
}

interface Beyond {
  thingName: string;
  beyondId: string;
  order: 'asc' | 'desc';
  import?: string;
}

const NEIGHBOURS = 10;

/** A charge point's messages next to one. */
export const neighboursQuery = (beyond: Beyond) =>
  queryOptions({
    queryKey: keys.messages.neighbours(beyond),
    queryFn: async ({ signal }) => {
      const query = { ...beyond, limit: NEIGHBOURS, partners: true };
      const { items, partners = [] } = await api.get<MessagePage>('/messages', query, signal);
      return [...items, ...partners];
    },
    placeholderData: keepPreviousData,
  });

export interface Histogram {
  from: string;
  stepMs: number;
  counts: number[];
  troubled: number[];
  /** What is older was not counted. */
  cutAt: string | null;
}

const REFRESH_MS = 10_000;

/** How much of what is filtered there was when. */
export const histogramQuery = (filter: MessageFilter & { from: string; to: string }, live: boolean) =>
  queryOptions({
    queryKey: keys.messages.histogram(filter),
    queryFn: ({ signal }) => api.get<Histogram>('/messages/histogram', queryOf(filter), signal),
    placeholderData: keepPreviousData,
    ...(live && { refetchInterval: REFRESH_MS }),
  });

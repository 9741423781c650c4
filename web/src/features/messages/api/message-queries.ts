import type { Message, Page } from '@cpo-console/shared/api/contracts.ts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import type { MessageFilter } from '../../../live/message-filter.ts';
import { keys } from '../../../live/query-keys.ts';

const PAGE = 200;

export const messagesQuery = (filter: MessageFilter) =>
  infiniteQueryOptions({
    queryKey: keys.messages.list(filter),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Message>>(
        '/messages',
        { ...filter, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
    // Live rows keep it fresh while it shows; a list left and come back to begins anew.
    gcTime: 0,
  });

/** Both halves of one exchange, whatever the list filters away. */
export const exchangeQuery = (thingName: string, messageId: string) =>
  queryOptions({
    queryKey: keys.messages.exchange(thingName, messageId),
    queryFn: async ({ signal }) =>
      (await api.get<Page<Message>>('/messages', { thingName, messageId, limit: 20 }, signal)).items,
  });

/** One that a link leads to. */
export const singleMessageQuery = (id: string) =>
  queryOptions({
    queryKey: keys.messages.single(id),
    queryFn: ({ signal }) => api.get<Message>(`/messages/${encodeURIComponent(id)}`, undefined, signal),
  });

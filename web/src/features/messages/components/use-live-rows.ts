import type { Message, MessagePage } from '@cpo-console/shared/api/messages.ts';
import { type Exchange, messagesOf, pairExchanges, single } from '@cpo-console/shared/message-log/exchanges.ts';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { LivePage, MessagePages } from '../../../live/apply-messages.ts';
import { compareIds, type MessageFilter } from '../../../live/message-filter.ts';
import { keys } from '../../../live/query-keys.ts';
import { messagesQuery } from '../api/message-queries.ts';

interface LiveRowsOptions {
  filter: MessageFilter;
  raw: boolean;
  /** Stand still: newer rows wait. */
  hold: boolean;
}

/** A list that is followed starts again from its first page when it has grown by this: a wall screen runs for weeks. */
const MOST_FOLLOWED_ROWS = 1_000;

/**
 * The rows of a list that grows at its top. While it is held, rows newer than the one it was left at wait and are only
 * counted; an answer to a call that already shows still comes in, for its row does not move.
 */
export function useLiveRows({ filter, raw, hold }: LiveRowsOptions) {
  const client = useQueryClient();
  const query = useInfiniteQuery(messagesQuery(filter));
  const rows = useMemo(() => rowsOf(query.data?.pages ?? [], raw).map(sameAsBefore), [query.data, raw]);
  const newest = rows[0]?.id;
  const [mark, setMark] = useState<string | null>(null);
  // Held since just now: remember where. Set while rendering, as it follows from what is rendered.
  if (hold && mark === null && newest !== undefined) setMark(newest);
  if (!hold && mark !== null) setMark(null);
  const shown = useMemo(
    () => (mark === null ? rows : rows.filter((row) => compareIds(row.id, mark) <= 0)),
    [rows, mark],
  );
  const { fetchNextPage, hasNextPage, isFetchingNextPage, isFetching, refetch } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);

  /** From the log, newest first: pages that follow each other have no gap. What shows stays until they are here. */
  const restart = useCallback(async () => {
    client.setQueryData<MessagePages>(keys.messages.list(filter), (data) => data && firstOf(data));
    await refetch();
  }, [client, filter, refetch]);
  const first = query.data?.pages[0] as LivePage | undefined;
  const overflow = first?.overflow ?? 0;
  const isLong = overflow > 0 || (first?.items.length ?? 0) > MOST_FOLLOWED_ROWS;
  useEffect(() => {
    if (!hold && isLong && !isFetching) void restart();
  }, [hold, isLong, isFetching, restart]);

  /** The newest of all that came meanwhile. */
  const showAll = useCallback(async () => {
    client.setQueryData(keys.messages.unshown(filter), 0);
    await restart();
    setMark(null);
  }, [client, filter, restart]);
  const follow = useCallback(async () => {
    if (overflow > 0) await restart();
    setMark(null);
  }, [overflow, restart]);
  return { query, shown, waiting: rows.length - shown.length + overflow, more, follow, showAll };
}

const firstOf = ({ pages, pageParams }: MessagePages): MessagePages => ({
  pages: pages.slice(0, 1),
  pageParams: pageParams.slice(0, 1),
});

/** How many live messages this list was not told of, for they were too many. */
export const useUnshown = (filter: MessageFilter): number =>
  useQuery({ queryKey: keys.messages.unshown(filter), queryFn: () => 0, initialData: 0, enabled: false, gcTime: 0 })
    .data;

const exchanges = new WeakMap<Message, Exchange>();

/** The exchange of before, where it has no other messages: what shows it need not be made anew. */
function sameAsBefore(exchange: Exchange): Exchange {
  const [first] = messagesOf(exchange);
  if (first === undefined) return exchange;
  const before = exchanges.get(first);
  if (before !== undefined && before.answer === exchange.answer) return before;
  exchanges.set(first, exchange);
  return exchange;
}

/** Pages may overlap a little when live rows moved between two fetches; and with partners, an exchange may be on two. */
function rowsOf(pages: MessagePage[], raw: boolean): Exchange[] {
  const listed = new Map(pages.flatMap(({ items }) => items).map((message) => [message.id, message]));
  if (raw) return [...listed.values()].map(single);
  const partners = pages.flatMap((page) => page.partners ?? []).filter(({ id }) => !listed.has(id));
  if (partners.length === 0) return pairExchanges([...listed.values()]);
  const all = new Map([...listed.values(), ...partners].map((message) => [message.id, message]));
  const newestFirst = [...all.values()].sort((a, b) => compareIds(b.id, a.id));
  return pairExchanges(newestFirst).filter((exchange) => messagesOf(exchange).some(({ id }) => listed.has(id)));
}

import type { MessagePage } from '@cpo-console/shared/api/messages.ts';
import { type Exchange, messagesOf, pairExchanges, single } from '@cpo-console/shared/message-log/exchanges.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { compareIds, type MessageFilter } from '../../../live/message-filter.ts';
import { messagesQuery } from '../api/message-queries.ts';

interface LiveRowsOptions {
  filter: MessageFilter;
  raw: boolean;
  /** Stand still: newer rows wait. */
  hold: boolean;
}

/**
 * The rows of a list that grows at its top. While it is held, rows newer than the one it was left at wait and are only
 * counted; an answer to a call that already shows still comes in, for its row does not move.
 */
export function useLiveRows({ filter, raw, hold }: LiveRowsOptions) {
  const query = useInfiniteQuery(messagesQuery(filter));
  const rows = useMemo(() => rowsOf(query.data?.pages ?? [], raw), [query.data, raw]);
  const newest = rows[0]?.id;
  const [mark, setMark] = useState<string | null>(null);
  // Held since just now: remember where. Set while rendering, as it follows from what is rendered.
  if (hold && mark === null && newest !== undefined) setMark(newest);
  if (!hold && mark !== null) setMark(null);
  const shown = useMemo(
    () => (mark === null ? rows : rows.filter((row) => compareIds(row.id, mark) <= 0)),
    [rows, mark],
  );
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const follow = useCallback(() => setMark(newest ?? null), [newest]);
  return { query, shown, waiting: rows.length - shown.length, more, follow };
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

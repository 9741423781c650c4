import type { Message } from '@cpo-console/shared/api/messages.ts';
import { type Exchange, pairExchanges } from '@cpo-console/shared/message-log/exchanges.ts';
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
  const messages = useMemo(() => dedupe(query.data?.pages.flatMap((page) => page.items) ?? []), [query.data]);
  const rows = useMemo(() => (raw ? messages.map(rawRow) : pairExchanges(messages)), [messages, raw]);
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

function rawRow(message: Message): Exchange {
  const answer = message.kind === 'result' || message.kind === 'error';
  return {
    id: message.id,
    thingName: message.thingName,
    at: message.at,
    direction: message.direction,
    action: message.action,
    call: message.kind === 'call' ? message : null,
    answer: answer ? message : null,
    other: message.kind === 'call' || answer ? null : message,
  };
}

/** Pages may overlap a little when live rows moved between two fetches. */
function dedupe(messages: Message[]): Message[] {
  const seen = new Set<string>();
  return messages.filter((message) => {
    if (seen.has(message.id)) return false;
    seen.add(message.id);
    return true;
  });
}

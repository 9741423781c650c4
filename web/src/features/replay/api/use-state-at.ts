import type { ReplayOutline, ReplayPage } from '@cpo-console/shared/api/log.ts';
import { rowOfMessage } from '@cpo-console/shared/message-log/message-row.ts';
import type { ChargePointState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { fold } from '@cpo-console/shared/projection/fold.ts';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { pageQuery, type ReplayRange } from './replay-queries.ts';

/** The states after each row of a page, folded as far as somebody looked. */
function statesOf({ state, items }: ReplayPage): (offset: number) => ChargePointState {
  const states = [state];
  return (offset) => {
    while (states.length <= offset + 1 && states.length <= items.length) {
      const message = items[states.length - 1];
      const before = states.at(-1);
      if (message === undefined || before === undefined) break;
      states.push(fold(before, rowOfMessage(message)));
    }
    return states[Math.min(offset + 1, states.length - 1)] ?? state;
  };
}

/** The charge point as it stood after the row, by the fold that computes the live state. */
export function useStateAt(range: ReplayRange, outline: ReplayOutline, row: number) {
  const client = useQueryClient();
  const page = Math.floor(row / outline.pageRows);
  const query = useQuery({ ...pageQuery(range, page), placeholderData: keepPreviousData });
  const stateAt = useMemo(() => (query.data ? statesOf(query.data) : null), [query.data]);
  useEffect(() => {
    if ((page + 1) * outline.pageRows < outline.ids.length) void client.prefetchQuery(pageQuery(range, page + 1));
  }, [client, range, page, outline]);
  const state = query.isPlaceholderData ? null : (stateAt?.(row - page * outline.pageRows) ?? null);
  return { state, error: query.error, refetch: query.refetch };
}

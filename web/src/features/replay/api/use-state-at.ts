import type { ReplayOutline, ReplayPage } from '@cpo-console/shared/api/log.ts';
import { rowOfMessage } from '@cpo-console/shared/message-log/message-row.ts';
import { fold } from '@cpo-console/shared/projection/fold.ts';
import { curvesAfter } from '@cpo-console/shared/projection/meter-curve.ts';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { pageQuery, type ReplayRange } from './replay-queries.ts';

type Standing = Pick<ReplayPage, 'state' | 'curves'>;

/** The states after each row of a page, folded as far as somebody looked. */
function statesOf({ state, curves, items }: ReplayPage): (offset: number) => Standing {
  const states: Standing[] = [{ state, curves }];
  return (offset) => {
    while (states.length <= offset + 1 && states.length <= items.length) {
      const message = items[states.length - 1];
      const before = states.at(-1);
      if (message === undefined || before === undefined) break;
      const after = fold(before.state, rowOfMessage(message));
      states.push({ state: after, curves: curvesAfter(before.curves, before.state, after) });
    }
    return states[Math.min(offset + 1, states.length - 1)] ?? { state, curves };
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
  const standing = query.isPlaceholderData ? null : (stateAt?.(row - page * outline.pageRows) ?? null);
  return { standing, error: query.error, refetch: query.refetch };
}

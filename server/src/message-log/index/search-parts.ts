import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { HistogramQuery, LogSearch, MessageQuery } from '../message-log.ts';
import { createHistogram, type LogHistogram } from './histogram.ts';
import type { IndexClient } from './index-client.ts';

/** The reader's thread is free for other questions at least this often. */
const PART_MS = 150;
const HISTOGRAM_MS = 2_000;

type Reader = Pick<IndexClient, 'read'>;

export async function searchParts(reader: Reader, query: MessageQuery, forMs: number): Promise<LogSearch> {
  const deadline = performance.now() + forMs;
  const rows: LogRow[] = [];
  let after = {};
  for (;;) {
    const limit = query.limit - rows.length;
    const part = await reader.read('search', { query: { ...query, ...after, limit }, budgetMs: PART_MS });
    rows.push(...part.rows);
    const { next } = part;
    if (next === null || rows.length >= query.limit || performance.now() > deadline) return { rows, next };
    after = { afterId: next.afterId };
  }
}

export async function countParts(reader: Reader, query: HistogramQuery): Promise<LogHistogram> {
  const deadline = performance.now() + HISTOGRAM_MS;
  const sum = createHistogram(query);
  let after = {};
  for (;;) {
    const { histogram, next } = await reader.read('histogram', { query: { ...query, ...after }, budgetMs: PART_MS });
    for (const [part, rows] of histogram.counts.entries())
      sum.add({ part, rows, troubled: histogram.troubled[part] ?? 0 });
    if (next === null || performance.now() > deadline) return sum.result(next === null ? null : histogram.cutAt);
    after = { afterId: next };
  }
}

import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { isHalf, relate } from '@cpo-console/shared/message-log/relate.ts';
import { matcherOf } from '@cpo-console/shared/message-log/row-filter.ts';
import type { DecodedFrame } from '@cpo-console/shared/ocpp-j/frame.ts';
import { maskSecrets } from '../../src/message-log/mask-secrets.ts';
import type {
  HistogramQuery,
  LogEntry,
  MessageLog,
  MessageQuery,
  NewLogRow,
} from '../../src/message-log/message-log.ts';

export interface MemoryMessageLog extends MessageLog {
  /** A row with the usual values, durable at once. */
  add(row: Partial<NewLogRow> & { thingName: string }, decoded?: DecodedFrame): LogRow;
  /** Rows that `recent` still has; all unless set. */
  keepRecent(count: number): void;
}

/** A message log in memory: a row is durable when it is appended. */
export function createMemoryMessageLog(): MemoryMessageLog {
  const entries: LogEntry[] = [];
  const listeners = new Set<(entries: readonly LogEntry[]) => void>();
  let recentCount = Number.POSITIVE_INFINITY;

  const append: MessageLog['append'] = (row, decoded) => {
    const entry = { row: { id: entries.length + 1, ...row }, decoded };
    entries.push(entry);
    for (const listener of listeners) listener([entry]);
    return entry.row;
  };
  const query = async (request: MessageQuery): Promise<LogRow[]> => {
    const rows = entries.map(({ row }) => row).filter((row) => matches(row, request));
    return (request.order === 'asc' ? rows : rows.reverse()).slice(0, request.limit);
  };

  return {
    append,
    add: (row, decoded) => append({ ...EMPTY, ...row }, decoded ?? null),
    keepRecent: (count) => {
      recentCount = count;
    },
    whenDurable: (done) => done(null),
    query,
    search: async (request) => ({ rows: await query(request), next: null }),
    countViolations: async () => ({ rules: [], frames: new Map(), cutAt: null }),
    histogram: async (request) => countParts(entries, request),
    relations: async (rows) => {
      const all = entries.map(({ row }) => row);
      const relationsOf = (some: readonly LogRow[]) =>
        some.filter(isHalf).map((row) =>
          relate(
            row,
            all.filter((other) => other.messageId === row.messageId),
          ),
        );
      const relations = relationsOf(rows);
      const known = new Set(rows.map(({ id }) => id));
      const missing = relations.map(({ partnerId }) => partnerId).filter((id) => id !== null && !known.has(id));
      const partners = all.filter(({ id }) => missing.includes(id));
      return { relations: [...relations, ...relationsOf(partners)], partners };
    },
    prune: async () => undefined,
    sizes: async () => ({
      rows: entries.length,
      bytes: 0,
      oldestAt: entries[0]?.row.at ?? null,
      pinned: { rows: 0, bytes: 0 },
    }),
    row: async (id) => entries[id - 1]?.row ?? null,
    replay: async (afterId, visit) => {
      for (const { row } of entries.slice(afterId)) visit(row);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lastId: () => entries.length,
    recent: (afterId) => (entries.length - afterId > recentCount ? null : entries.slice(afterId).map(({ row }) => row)),
    health: () => ({ trouble: null, indexLagRows: 0, lastCommitMs: 0 }),
    close: async () => undefined,
  };
}

function countParts(entries: readonly LogEntry[], { parts, ...filter }: HistogramQuery) {
  const step = Math.ceil((filter.to - filter.from) / parts);
  const counts = new Array<number>(parts).fill(0);
  const troubled = new Array<number>(parts).fill(0);
  for (const { row } of entries) {
    if (!matches(row, { ...filter, limit: 0 })) continue;
    const part = Math.floor((row.at - filter.from) / step);
    counts[part] = (counts[part] ?? 0) + 1;
    if (row.errorCode !== null || row.violations !== null) troubled[part] = (troubled[part] ?? 0) + 1;
  }
  return { step, counts, troubled, cutAt: null };
}

const EMPTY: Omit<NewLogRow, 'thingName'> = {
  connectionId: 'connection-1',
  at: Date.UTC(2026, 4, 4, 10),
  direction: 'in',
  kind: 'call',
  action: 'Heartbeat',
  messageId: 'm1',
  frame: '[2,"m1","Heartbeat",{}]',
  latencyMs: null,
  errorCode: null,
  violations: null,
};

function matches(row: LogRow, query: MessageQuery): boolean {
  const fits = matcherOf(query);
  if (!fits(row) || !fits({ ...row, frame: maskSecrets(row.frame).frame })) return false;
  if (query.afterId === undefined) return true;
  return query.order === 'asc' ? row.id > query.afterId : row.id < query.afterId;
}

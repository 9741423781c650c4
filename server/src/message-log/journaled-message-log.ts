import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { DecodedFrame } from '@cpo-console/shared/ocpp-j/frame.ts';
import { IndexClient } from './index/index-client.ts';
import type { RelationRow } from './index/relations.ts';
import { countParts, searchParts } from './index/search-parts.ts';
import { Journal } from './journal/journal.ts';
import { encodeRecord } from './journal/segment-format.ts';
import { type PostgresLog, postgresThreads, sqliteThreads } from './log-threads.ts';
import { maskRow } from './mask-secrets.ts';
import type { LogEntry, MessageLog, NewLogRow } from './message-log.ts';
import { RecentRows } from './recent-rows.ts';

const SEGMENT_BYTES = 64 << 20;
const RECENT_ROWS = 4_000;
const RECENT_CHARS = 4 << 20;
const REPLAY_PAGE = 2_000;

export interface JournaledMessageLogOptions {
  dataDir: string;
  /** Where rows go from the journal; null: to SQLite in `dataDir`. */
  postgres?: PostgresLog | null;
  /** When rows can't be stored, once for each reason; null when they can again. */
  onTrouble?: (error: Error | null) => void;
}

/**
 * Frames are durable once they are in the journal of this machine, and are found by queries once the writer's thread has
 * moved them to where their day is.
 */
export async function openMessageLog(options: JournaledMessageLogOptions): Promise<MessageLog> {
  const { dataDir, postgres = null } = options;
  const place = await (postgres === null ? sqliteThreads(dataDir) : postgresThreads(dataDir, postgres));
  const { client, lastId: indexedId, nextSegment } = await IndexClient.open(place.threads);
  const recent = new RecentRows(RECENT_ROWS, RECENT_CHARS);
  const listeners = new Set<(entries: readonly LogEntry[]) => void>();
  const isShared = postgres?.shared === true;
  let lastId = indexedId;
  let durableId = indexedId;
  /** The last one that was told. */
  let toldId = indexedId;
  let pending: LogEntry[] = [];
  let writing: LogEntry[] = [];
  let trouble: string | null = null;
  let lastCommitMs = 0;

  const journal = await Journal.open({
    folder: place.journal,
    firstSegment: nextSegment,
    segmentBytes: SEGMENT_BYTES,
    onGroup: () => {
      writing = pending;
      pending = [];
    },
    onDurable: (end, tookMs) => {
      lastCommitMs = tookMs;
      durableId = writing.at(-1)?.row.id ?? durableId;
      client.advance(end);
      if (!isShared) tell(writing);
    },
    onTrouble: (error) => {
      const before = trouble;
      trouble = error === null ? null : error.message;
      if (trouble !== before) options.onTrouble?.(error);
    },
  });

  function tell(entries: readonly LogEntry[]): void {
    toldId = entries.at(-1)?.row.id ?? toldId;
    recent.add(entries);
    for (const listener of listeners) listener(entries);
  }

  let pruning: Promise<void> = Promise.resolve();

  /** What was appended before a question is part of its answer: first the disk, then the index. */
  async function caughtUp(): Promise<void> {
    await new Promise<void>((resolve) => journal.whenDurable(() => resolve()));
    await client.catchUp();
  }

  const search: MessageLog['search'] = async (request, forMs) => {
    await caughtUp();
    return searchParts(client, request, forMs);
  };
  const query: MessageLog['query'] = async (request) => (await search(request, Number.POSITIVE_INFINITY)).rows;

  // Of several processes each hears of all rows, its own among them, once they have their ids.
  const unfollow = !isShared
    ? null
    : await (await import('./postgres/follow-log.ts')).followLog({
        url: postgres.url,
        afterId: indexedId,
        read: async (request) => (await searchParts(client, request, Number.POSITIVE_INFINITY)).rows,
        onRows: (rows) => tell(rows.map((row) => ({ row, decoded: null }))),
      });

  return {
    append(row: NewLogRow, decoded: DecodedFrame | null): LogRow {
      const complete: LogRow = { id: ++lastId, ...row, frame: maskRow(row) };
      pending.push({ row: complete, decoded });
      journal.append(encodeRecord(complete));
      return complete;
    },
    whenDurable: (done) => journal.whenDurable(done),
    query,
    search,
    async row(id) {
      await caughtUp();
      return client.read('row', { id });
    },
    async relations(rows) {
      await caughtUp();
      return client.read('relations', { rows: rows.map(toRelationRow) });
    },
    async countViolations(range) {
      await caughtUp();
      return client.read('violations', range);
    },
    async histogram(request) {
      await caughtUp();
      return countParts(client, request);
    },
    prune(plan) {
      pruning = pruning.catch(() => {}).then(() => client.prune(plan));
      return pruning;
    },
    async sizes() {
      await caughtUp();
      return client.read('sizes', {});
    },
    async replay(afterId, visit) {
      let position = afterId;
      for (;;) {
        const rows = await query({ order: 'asc', limit: REPLAY_PAGE, afterId: position });
        rows.forEach(visit);
        if (rows.length < REPLAY_PAGE) return;
        position = rows.at(-1)?.id ?? position;
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lastId: () => toldId,
    recent: (afterId) => (afterId >= toldId ? [] : recent.after(afterId)),
    health: () => ({ trouble: trouble ?? client.trouble, indexLagRows: durableId - client.lastId, lastCommitMs }),
    async close() {
      await pruning.catch(() => {});
      await journal.close();
      await unfollow?.();
      await client.close();
    },
  };
}

/** Frames stay here: the thread needs none. */
const toRelationRow = ({ id, thingName, connectionId, at, direction, kind, messageId }: LogRow): RelationRow => ({
  id,
  thingName,
  connectionId,
  at,
  direction,
  kind,
  messageId,
});

import {
  RETENTION_KINDS,
  type Retention,
  type RetentionChanges,
  type RetentionItem,
  type RetentionKind,
  type RetentionRun,
} from '@cpo-console/shared/api/retention.ts';
import type { Database } from '../database/database.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import type { Prunable } from './prunable.ts';

const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;
/** A start has better things to do. */
const FIRST_MS = 60_000;

export interface RetentionService {
  read(): Promise<Retention>;
  /** All or nothing; holds from the next run on. Durable when resolved. */
  change(changes: RetentionChanges, by: string): Promise<void>;
  /** Everything that is due goes now. One run at a time: a second one begins when the first is done. */
  run(): Promise<RetentionRun>;
  close(): Promise<void>;
}

export interface RetentionOptions {
  database: Pick<Database, 'query' | 'write' | 'follow' | 'bytes'>;
  log: Pick<MessageLog, 'sizes'>;
  kinds: Record<RetentionKind, Prunable>;
  /** Of the message log, until somebody says otherwise. */
  messageDays: number;
  now: () => number;
  onTrouble: (error: unknown) => void;
}

interface Setting {
  days: number | null;
  changedAt: number | null;
  changedBy: string | null;
}

/** Keeps what there is for as long as it is to be kept. Sessions are what somebody was billed for: they stay. */
export async function createRetention(options: RetentionOptions): Promise<RetentionService> {
  const { database, log, kinds, messageDays, now, onTrouble } = options;
  const { query } = database;
  const defaults: Record<RetentionKind, number | null> = {
    messages: messageDays,
    sessions: null,
    commands: 365,
    'bulk-commands': 365,
    jobs: 365,
    'security-events': 365,
    'log-files': 90,
    imports: 90,
  };
  const changed = new Map<string, Setting>();
  const read = () => query.selectFrom('retention').selectAll().execute();
  function take(rows: Awaited<ReturnType<typeof read>>): void {
    changed.clear();
    for (const row of rows) {
      changed.set(row.kind, { days: row.days, changedAt: row.changed_at, changedBy: row.changed_by });
    }
  }
  take(await read());
  database.follow('retention', read, take);
  const setting = (kind: RetentionKind): Setting =>
    changed.get(kind) ?? { days: defaults[kind], changedAt: null, changedBy: null };

  let lastRun: RetentionRun | null = null;
  let nextRunAt = 0;
  let runs = 0;
  let queue: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function runOnce(): Promise<RetentionRun> {
    const at = now();
    const startedAt = performance.now();
    const removed = Object.fromEntries(RETENTION_KINDS.map((kind) => [kind, 0])) as RetentionRun['removed'];
    const troubles: string[] = [];
    for (const kind of RETENTION_KINDS) {
      const { days } = setting(kind);
      if (closed) break;
      try {
        removed[kind] = await kinds[kind].prune(days === null ? null : at - days * DAY_MS);
      } catch (error) {
        onTrouble(error);
        troubles.push(`${kind}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    const tookMs = Math.round(performance.now() - startedAt);
    lastRun = {
      at: new Date(at).toISOString(),
      tookMs,
      removed,
      trouble: troubles.length === 0 ? null : troubles.join('; '),
    };
    return lastRun;
  }

  function run(): Promise<RetentionRun> {
    runs += 1;
    const mine = queue.then(runOnce).finally(() => {
      runs -= 1;
    });
    queue = mine.catch(onTrouble);
    return mine;
  }

  let timer: NodeJS.Timeout;
  const runIn = (ms: number): void => {
    nextRunAt = now() + ms;
    timer = setTimeout(() => {
      runIn(EVERY_MS);
      void run().catch(onTrouble);
    }, ms).unref();
  };
  runIn(FIRST_MS);

  async function item(kind: RetentionKind): Promise<RetentionItem> {
    const { rows, bytes, oldestAt } = await kinds[kind].size();
    const { days, changedAt, changedBy } = setting(kind);
    return { kind, days, rows, bytes, oldestAt: isoOrNull(oldestAt), changedAt: isoOrNull(changedAt), changedBy };
  }

  return {
    async read() {
      const [items, { pinned }, databaseBytes] = await Promise.all([
        Promise.all(RETENTION_KINDS.map(item)),
        log.sizes(),
        database.bytes(),
      ]);
      return { items, pinned, databaseBytes, running: runs > 0, lastRun, nextRunAt: new Date(nextRunAt).toISOString() };
    },
    async change(changes, by) {
      const rows = RETENTION_KINDS.flatMap((kind) => {
        const days = changes[kind];
        return days === undefined ? [] : [{ kind, days, changed_at: now(), changed_by: by }];
      });
      if (rows.length === 0) return;
      await database.write(
        ...rows.map((row) =>
          query
            .insertInto('retention')
            .values(row)
            .onConflict((conflict) => conflict.column('kind').doUpdateSet(row))
            .compile(),
        ),
      );
      for (const { kind, days } of rows) changed.set(kind, { days, changedAt: now(), changedBy: by });
    },
    run,
    async close() {
      closed = true;
      clearTimeout(timer);
      await queue;
    },
  };
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

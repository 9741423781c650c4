import type { Database } from '../../database/database.ts';
import { prepare } from '../../database/prepare.ts';
import type { TransactionRecord } from './transaction-record.ts';
import type { TransactionStatements } from './transaction-statements.ts';

export interface ProgressWriterOptions {
  database: Pick<Database, 'query' | 'write'>;
  statements: Pick<TransactionStatements, 'progress'>;
  /** Whether no newer record of the session is known. */
  isNewest: (record: TransactionRecord) => boolean;
  hasSessions: () => boolean;
  now: () => number;
  everyMs?: number;
}

/** Writes the progress of running sessions behind, many at once: the log already has on disk what it comes from. */
export interface ProgressWriter {
  /**
   * What sessions were told before this moment had been written when the process before this one ended.
   * Milliseconds since the epoch.
   */
  readonly writtenUntil: number;
  add(record: TransactionRecord): void;
  /** It is written otherwise, as a whole. */
  remove(id: string): void;
  /** Writes what is left, now. */
  flush(): Promise<void>;
  /** Writes what is left, and no more. */
  close(): Promise<void>;
}

const EVERY_MS = 1_000;
/** So long nothing may be told by sessions without that being noted: a start after a crash looks through the log since. */
const NOTE_EVERY_MS = 60_000;

export async function createProgressWriter(options: ProgressWriterOptions): Promise<ProgressWriter> {
  const { database, statements, isNewest, hasSessions, now, everyMs = EVERY_MS } = options;
  const { query } = database;
  const stored = await query.selectFrom('session_progress').select('written_until').executeTakeFirst();
  const note = prepare(
    query
      .insertInto('session_progress')
      .values({ id: 1, written_until: 0 })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ written_until: 0 })),
  );
  let behind = new Map<string, TransactionRecord>();
  let notedAt = stored?.written_until ?? now();
  // Else a crash before the first progress is written would leave nothing to say since when to look.
  if (stored === undefined) await database.write(note([1, notedAt, notedAt]));
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const at = now();
    if (behind.size === 0 && (at - notedAt < NOTE_EVERY_MS || !hasSessions())) return;
    const records = behind;
    behind = new Map();
    try {
      await database.write(...[...records.values()].map(statements.progress), note([1, at, at]));
      notedAt = at;
    } catch {
      // The database tells its trouble itself. The log has what these say, also for the next start.
      for (const record of records.values()) if (isNewest(record)) behind.set(record.id, record);
    }
  }

  const writeNext = (): Promise<void> => {
    writing = writing.then(write);
    return writing;
  };
  const timer = setInterval(() => void writeNext(), everyMs).unref();

  return {
    writtenUntil: notedAt,
    add: (record) => void behind.set(record.id, record),
    remove: (id) => void behind.delete(id),
    flush: writeNext,
    close() {
      clearInterval(timer);
      return writeNext();
    },
  };
}

/** The thread that owns the database file: commits wait for the disk here, not on the event loop. */
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { createBatchRunner, toFailure } from './batch-runner.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

const BUSY_TIMEOUT_MS = 5_000;

function post(message: FromWorker): void {
  parentPort?.postMessage(message);
}

function open(file: string): Sqlite.Database {
  const sqlite = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  sqlite.pragma('journal_mode = WAL');
  // WAL's usual NORMAL loses the last commits when the power fails.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  return sqlite;
}

function serve(sqlite: Sqlite.Database): void {
  const runBatch = createBatchRunner(sqlite);
  parentPort?.on('message', (message: ToWorker) => {
    if (message.kind === 'batch') {
      post({ kind: 'answer', answer: runBatch(message.requests) });
      return;
    }
    sqlite.close();
    parentPort?.close();
  });
  post({ kind: 'ready' });
}

try {
  serve(open((workerData as { file: string }).file));
} catch (error) {
  post({ kind: 'cannot-open', failure: toFailure(error) });
}

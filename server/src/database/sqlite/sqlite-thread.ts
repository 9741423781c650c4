import { Worker } from 'node:worker_threads';
import { type DatabaseEngine, DatabaseError, type DatabaseRequest, type StatementResult } from '../engine.ts';
import type { BatchAnswer, DatabaseReply, FromWorker, ToWorker } from './protocol.ts';

/** A batch is answered as a whole, so a longer one would keep its first request waiting. */
const REQUESTS_PER_BATCH = 1_000;
/** A batch is begun at most this often, so that under load many requests share a commit. One that comes alone does not wait. */
const BATCH_INTERVAL_MS = 3;
const RESTART_AFTER_MS = 1_000;
const PROBE_EVERY_MS = 1_000;
/** Writes one page and changes nothing. */
const PROBE: DatabaseRequest = { kind: 'write', statements: [{ sql: 'pragma user_version = 0', parameters: [] }] };

export interface SqliteThreadOptions {
  file: string;
  onTrouble?: (trouble: string | null) => void;
}

interface Waiting {
  request: DatabaseRequest;
  resolve(result: StatementResult | null): void;
  reject(error: Error): void;
}

/** @returns when the database is open; rejects when it can't be */
export async function startSqliteThread(options: SqliteThreadOptions): Promise<DatabaseEngine> {
  const queue: Waiting[] = [];
  let inFlight: Waiting[] = [];
  let worker: Worker | null = await openWorker(options.file);
  let trouble: string | null = null;
  let flushing = false;
  let flushedAt = 0;
  let closing = false;
  let idle: (() => void) | null = null;

  function setTrouble(next: string | null): void {
    if (next === trouble) return;
    trouble = next;
    options.onTrouble?.(next);
    if (next !== null) probeLater();
  }

  /** Says when the storage is well again, also while nobody else writes. */
  function probeLater(): void {
    setTimeout(() => {
      if (trouble === null || closing) return;
      void execute(PROBE)
        .then(undefined, () => undefined)
        .then(() => trouble !== null && probeLater());
    }, PROBE_EVERY_MS).unref();
  }

  function flushSoon(): void {
    if (flushing) return;
    flushing = true;
    const wait = flushedAt + BATCH_INTERVAL_MS - performance.now();
    // Not at once: what comes in with this turn of the loop shares the commit.
    if (wait <= 0) setImmediate(flush);
    else setTimeout(flush, wait);
  }

  function flush(): void {
    flushing = false;
    if (inFlight.length > 0) return;
    if (worker === null) {
      failAll(new DatabaseError(trouble ?? 'The database is closed', null));
      return;
    }
    if (queue.length === 0) {
      idle?.();
      return;
    }
    flushedAt = performance.now();
    inFlight = queue.splice(0, REQUESTS_PER_BATCH);
    send(worker, { kind: 'batch', requests: inFlight.map(({ request }) => request) });
  }

  function failAll(error: Error): void {
    for (const waiting of [...inFlight.splice(0), ...queue.splice(0)]) waiting.reject(error);
    idle?.();
  }

  function settle({ replies, storageFailure }: BatchAnswer): void {
    const batch = inFlight;
    inFlight = [];
    // Reading works on a full disk too, so only a write that went through ends the trouble.
    const stored = batch.some(({ request }, position) => request.kind === 'write' && replies[position]?.ok === true);
    if (storageFailure !== null) setTrouble(storageFailure);
    else if (stored) setTrouble(null);
    batch.forEach((waiting, position) => {
      answer(waiting, replies[position]);
    });
    if (queue.length > 0) flushSoon();
    else idle?.();
  }

  function watch(current: Worker): void {
    let reason = 'it stopped';
    current.on('message', (message: FromWorker) => {
      if (message.kind === 'answer') settle(message.answer);
    });
    current.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    current.on('exit', () => {
      worker = null;
      if (closing) return failAll(new DatabaseError('The database is closed', null));
      setTrouble(`The database thread failed: ${reason}`);
      failAll(new DatabaseError(`The database thread failed: ${reason}`, null));
      restartLater();
    });
  }

  function restartLater(): void {
    setTimeout(() => {
      if (closing) return;
      openWorker(options.file).then(
        (next) => {
          worker = next;
          watch(next);
          if (closing) send(next, { kind: 'close' });
        },
        (error: unknown) => {
          setTrouble(`The database can't be opened: ${error instanceof Error ? error.message : String(error)}`);
          restartLater();
        },
      );
    }, RESTART_AFTER_MS);
  }

  function execute(request: DatabaseRequest): Promise<StatementResult | null> {
    if (closing) return Promise.reject(new DatabaseError('The database is closed', null));
    return new Promise((resolve, reject) => {
      queue.push({ request, resolve, reject });
      flushSoon();
    });
  }

  async function close(): Promise<void> {
    if (closing) return;
    closing = true;
    if (queue.length > 0 || inFlight.length > 0) {
      await new Promise<void>((resolve) => {
        idle = resolve;
      });
    }
    const last = worker;
    if (last === null) return;
    const exited = new Promise<void>((resolve) => {
      last.once('exit', () => {
        resolve();
      });
    });
    send(last, { kind: 'close' });
    await exited;
  }

  watch(worker);
  // The folder belongs to one process.
  return { execute, exclusively: (work) => work(execute), trouble: () => trouble, close };
}

function answer(waiting: Waiting, reply: DatabaseReply | undefined): void {
  if (reply?.ok === true) waiting.resolve(reply.result);
  else waiting.reject(new DatabaseError(reply?.failure.message ?? 'No answer', reply?.failure.code ?? null));
}

function send(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}

function openWorker(file: string): Promise<Worker> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { file } });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (message: FromWorker) => {
      worker.off('error', reject);
      if (message.kind === 'ready') return resolve(worker);
      void worker.terminate();
      const failure = message.kind === 'cannot-open' ? message.failure : { message: 'unexpected answer', code: null };
      reject(new DatabaseError(failure.message, failure.code));
    });
  });
}

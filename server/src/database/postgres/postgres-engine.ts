import { Client, Pool } from 'pg';
import {
  DatabaseAwayError,
  type DatabaseEngine,
  DatabaseError,
  type DatabaseRequest,
  type StatementResult,
} from '../engine.ts';
import { ANSWER_TIMEOUT_MS, connectionOptions } from './connection-options.ts';
import { noAnswer, noConnection, toFailure } from './failure.ts';
import { type Outcome, runBatch, toPostgres } from './run-batch.ts';
import { createTableNews } from './table-news.ts';

const READERS = 8;
/** A batch is answered as a whole, so a longer one would keep its first request waiting. */
const REQUESTS_PER_BATCH = 500;
const RECONNECT_AFTER_MS = 1_000;
/** Writes are small. One that takes longer is given up, and its connection with it. */
const WRITE_TIMEOUTS = { statement_timeout: 8_000, lock_timeout: 5_000 };
const WRITE_WITHIN_MS = 10_000;
/** Without an answer for so long, it is said that there is trouble. */
const SLOW_AFTER_MS = 3_000;
/** So that a server which says nothing is noticed while nobody writes. */
const PROBE_EVERY_MS = 1_500;
const PROBE: DatabaseRequest = { kind: 'write', statements: [{ sql: 'select 1', parameters: [] }] };
/** Any number that no other program takes for its own locks. */
const EXCLUSIVE_LOCK = 7_346_011;
const EXCLUSIVE_WAIT_MS = 60_000;
const LOCK_NOT_AVAILABLE = '55P03';

export interface PostgresEngineOptions {
  /** `postgres://user:password@host:port/database` */
  url: string;
  onTrouble?: (trouble: string | null) => void;
  exclusiveWaitMs?: number;
  /** Other processes write to it, too. */
  shared?: boolean;
}

interface Waiting {
  request: DatabaseRequest;
  resolve(result: StatementResult | null): void;
  reject(error: Error): void;
}

/**
 * Writes go over one connection, in order, so that what is asked for at the same time shares a commit and a round trip;
 * reads go over others, once the writes before them are done. Whether a write was stored whose connection was lost before
 * its answer, nobody knows: it fails, and whoever repeats it has to do so in a way that does no harm.
 *
 * @returns when the database can be used; rejects when it can't
 */
export async function startPostgresEngine(options: PostgresEngineOptions): Promise<DatabaseEngine> {
  const { url, onTrouble } = options;
  const connection = connectionOptions(url);
  const readers = new Pool({ ...connection, max: READERS, query_timeout: ANSWER_TIMEOUT_MS });
  const queue: Waiting[] = [];
  let writer: Client | null = null;
  let trouble: string | null = null;
  let running: Promise<void> | null = null;
  let lastWrite: Promise<unknown> = Promise.resolve();
  let closing = false;
  const news = options.shared === true ? await createTableNews({ url, isOurs: (pid) => pidOf(writer) === pid }) : null;

  // An idle one that breaks is replaced when it is needed.
  readers.on('error', () => undefined);
  // Last: a connection that is refused tells its listeners before it rejects.
  writer = await openWriter();
  const probing = setInterval(() => {
    if (writer !== null && running === null) void write(PROBE).catch(() => undefined);
  }, PROBE_EVERY_MS).unref();

  function setTrouble(next: string | null): void {
    if (next === trouble) return;
    trouble = next;
    onTrouble?.(next);
  }

  const away = (): DatabaseError => new DatabaseAwayError(trouble ?? 'The database is closed', null);

  async function openWriter(): Promise<Client> {
    const client = new Client({ ...connection, ...WRITE_TIMEOUTS, pipeline: true });
    client.on('error', (error) => lose(client, error));
    client.on('end', () => lose(client, new Error('the connection ended')));
    await connect(client, url);
    return client;
  }

  function lose(client: Client, error: Error): void {
    if (closing || writer !== client) return;
    writer = null;
    setTrouble(noConnection(error, url).message);
    reconnectLater();
  }

  function reconnectLater(): void {
    setTimeout(() => {
      if (!closing) void openWriter().then(useAgain, stillAway);
    }, RECONNECT_AFTER_MS).unref();
  }

  function useAgain(client: Client): void {
    if (closing) return void client.end();
    writer = client;
    setTrouble(null);
  }

  function stillAway(error: Error): void {
    setTrouble(error.message);
    reconnectLater();
  }

  async function runQueue(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, REQUESTS_PER_BATCH);
      const outcomes = writer === null ? batch.map(away) : await runWatched(writer, batch);
      batch.forEach((waiting, position) => {
        settle(waiting, outcomes[position]);
      });
    }
    running = null;
  }

  async function runWatched(client: Client, batch: readonly Waiting[]): Promise<Outcome[]> {
    const watch = setTimeout(() => setTrouble(noAnswer(url).message), SLOW_AFTER_MS);
    const requests = batch.map(({ request }) => request);
    requests.push(...(news?.toTell(requests) ?? []));
    const outcomes = await runBatch(client, requests, WRITE_WITHIN_MS);
    clearTimeout(watch);
    if (client === writer) setTrouble(null);
    return outcomes;
  }

  function write(request: DatabaseRequest): Promise<StatementResult | null> {
    const written = new Promise<StatementResult | null>((resolve, reject) => {
      queue.push({ request, resolve, reject });
      news?.written(request);
      // Not at once: what comes in with this turn of the loop shares the commit.
      running ??= new Promise<void>((next) => setImmediate(next)).then(runQueue);
    });
    lastWrite = written.catch(() => undefined);
    return written;
  }

  async function read(request: DatabaseRequest): Promise<StatementResult | null> {
    await lastWrite;
    if (writer === null) throw away();
    return runOne(readers, request);
  }

  async function exclusively(work: (execute: DatabaseEngine['execute']) => Promise<void>): Promise<void> {
    const { exclusiveWaitMs = EXCLUSIVE_WAIT_MS } = options;
    const client = new Client({ ...connection, pipeline: true, statement_timeout: 0, lock_timeout: exclusiveWaitMs });
    client.on('error', () => undefined);
    await connect(client, url);
    try {
      await takeLock(client);
      await work(async (request) =>
        request.kind === 'read' ? runOne(client, request) : only(await runBatch(client, [request], 0)),
      );
    } finally {
      await client.end();
    }
  }

  return {
    async execute(request) {
      if (closing) throw new DatabaseError('The database is closed', null);
      return request.kind === 'read' ? read(request) : write(request);
    },
    exclusively,
    follow: (table, reading) => news?.follow(table, reading),
    trouble: () => trouble,
    async close() {
      if (closing) return;
      closing = true;
      clearInterval(probing);
      await running;
      await news?.close();
      await Promise.all([readers.end(), writer?.end()]);
    },
  };
}

/** How PostgreSQL names a connection. */
const pidOf = (client: (Client & { processID?: number }) | null): number | undefined => client?.processID;

async function connect(client: Client, url: string): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    throw noConnection(error, url);
  }
}

async function takeLock(client: Client): Promise<void> {
  try {
    await client.query('select pg_advisory_lock($1)', [EXCLUSIVE_LOCK]);
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code !== LOCK_NOT_AVAILABLE) throw failure;
    throw new DatabaseError('Another process is still changing the tables: start again when it is done', failure.code);
  }
}

async function runOne(via: Pool | Client, { statements }: DatabaseRequest): Promise<StatementResult> {
  const [statement] = statements;
  if (statement === undefined || statements.length > 1) throw new DatabaseError('A read is one statement', null);
  try {
    const { rows } = await via.query(statement.sql, statement.parameters.map(toPostgres));
    return { rows, changes: 0, lastInsertRowid: 0 };
  } catch (error) {
    throw toFailure(error);
  }
}

function only([outcome]: readonly Outcome[]): StatementResult | null {
  if (outcome === undefined || outcome instanceof Error) throw outcome ?? new DatabaseError('No answer', null);
  return outcome;
}

function settle({ resolve, reject }: Waiting, outcome: Outcome | undefined): void {
  try {
    resolve(only(outcome === undefined ? [] : [outcome]));
  } catch (error) {
    reject(error as DatabaseError);
  }
}

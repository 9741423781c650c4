/** The thread that looks through frames, so that the event loop does not. */
import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'pg';
import { ANSWER_TIMEOUT_MS, connectionOptions } from '../../database/postgres/connection-options.ts';
import { noConnection, toFailure } from '../../database/postgres/failure.ts';
import { folderBytes } from '../folder-bytes.ts';
import { type ReaderAnswer, type ReaderReply, type ReaderRequest, toProblem } from '../index/protocol.ts';
import type { LogFeedOptions } from './log-feed.ts';
import { LogReader } from './log-reader.ts';

const CONNECTIONS = 4;

const port = parentPort;
if (!port) throw new Error('log-reader.worker.ts runs as a worker thread');
const { url, journal } = workerData as LogFeedOptions;
const pool = new Pool({ ...connectionOptions(url), max: CONNECTIONS, query_timeout: ANSWER_TIMEOUT_MS });
// A connection that breaks while nothing is asked of it is replaced when it is needed, idle or just taken from the pool.
pool.on('error', () => undefined);
pool.on('connect', (client) => client.on('error', () => undefined));
const reader = new LogReader(async (sql, values = []) => {
  const client = await pool.connect().catch((error: unknown) => {
    throw noConnection(error, url);
  });
  let failure: unknown;
  try {
    return (await client.query(sql, values)).rows;
  } catch (error) {
    failure = error;
    throw toFailure(error);
  } finally {
    client.release(failure !== undefined);
  }
});

async function answer(request: ReaderRequest): Promise<ReaderAnswer> {
  switch (request.kind) {
    case 'search':
      return reader.search(request.query, request.budgetMs);
    case 'row':
      return reader.row(request.id);
    case 'violations':
      return reader.countViolations(request);
    case 'histogram':
      return reader.histogram(request.query, request.budgetMs);
    case 'relations':
      return reader.relations(request.rows);
    case 'sizes': {
      const sizes = await reader.sizes();
      return { ...sizes, bytes: sizes.bytes + folderBytes(journal) };
    }
    case 'release':
      return null;
  }
}

port.on('message', (request: ReaderRequest) => {
  const { ask } = request;
  void answer(request)
    .then(
      (found): ReaderReply => ({ ask, answer: found }),
      (error: unknown): ReaderReply => ({ ask, problem: toProblem(error) }),
    )
    .then((reply) => port.postMessage(reply));
});

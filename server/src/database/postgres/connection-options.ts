import { accessSync, constants } from 'node:fs';
import { type QueryConfig, types } from 'pg';
import { DatabaseError } from '../engine.ts';
import { withNul } from './nul.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** A peer that is gone without a word is found after this, and ten seconds more. */
const KEEP_ALIVE_AFTER_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 30_000;
/** Another process may be changing a table. */
const LOCK_TIMEOUT_MS = 10_000;
/** For the answer to what was asked, also when the network has swallowed it. */
export const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;

/** @param withinMs when it is not answered by then, the connection is given up; 0: it takes as long as it takes */
export const commit = (withinMs: number): QueryConfig => {
  const query: QueryConfig & { query_timeout: number } = { text: 'commit', query_timeout: withinMs };
  return query;
};

const INT8 = 20;
const TEXT = 25;
const NUMERIC = 1_700;

const PARSERS = new Map<number, (text: string) => unknown>([
  // Times and sums are whole numbers below 2^53.
  [INT8, Number],
  [NUMERIC, Number],
  [TEXT, withNul],
]);
const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  (format !== 'binary' && PARSERS.get(oid)) || types.getTypeParser(oid, format)) as typeof types.getTypeParser;

/** @param url `postgres://user:password@host:port/database` */
export function connectionOptions(url: string) {
  return {
    connectionString: withCheckedPeer(url),
    types: { getTypeParser },
    application_name: 'cpo-console',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
  };
}

const TLS_FILES = ['sslrootcert', 'sslcert', 'sslkey'];

/** TLS whose certificate is not checked keeps nobody out; `no-verify` has to be asked for by its name. */
function withCheckedPeer(url: string): string {
  const checked = new URL(url);
  for (const name of TLS_FILES) checkReadable(checked.searchParams.get(name));
  if (['prefer', 'require', 'verify-ca'].includes(checked.searchParams.get('sslmode') ?? '')) {
    checked.searchParams.set('sslmode', 'verify-full');
  }
  return checked.href;
}

function checkReadable(file: string | null): void {
  try {
    if (file !== null) accessSync(file, constants.R_OK);
  } catch {
    throw new DatabaseError(`can not read ${file}`, null);
  }
}

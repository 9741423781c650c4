import type Sqlite from 'better-sqlite3';
import type { DatabaseRequest, Statement, StatementResult } from '../engine.ts';
import type { BatchAnswer, DatabaseReply, RequestFailure } from './protocol.ts';

const PREPARED_STATEMENTS = 500;
/** Primary result codes that say something about the disk or the file, not about the statement. */
const STORAGE_FAILURE = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|CORRUPT|NOTADB|NOMEM|PROTOCOL)/;
/** The others, such as DDL and PRAGMA, run once: keeping them would only hold old schemas. */
const KEPT_STATEMENT = /^\s*(select|insert|update|delete|with)\b/i;

/** Runs many requests as one transaction, so that all of them share one fsync. */
export function createBatchRunner(sqlite: Sqlite.Database): (requests: readonly DatabaseRequest[]) => BatchAnswer {
  const prepare = createStatementCache(sqlite);

  function runStatement({ sql, parameters }: Statement): StatementResult {
    const statement = prepare(sql);
    if (statement.reader) return { rows: statement.all(parameters), changes: 0, lastInsertRowid: 0 };
    return { rows: [], ...statement.run(parameters) };
  }

  function runGroup(statements: readonly Statement[]): void {
    sqlite.exec('savepoint request');
    try {
      for (const statement of statements) runStatement(statement);
    } catch (error) {
      // Some storage failures have already rolled everything back, and the savepoint with it.
      if (sqlite.inTransaction) sqlite.exec('rollback to request; release request');
      throw error;
    }
    sqlite.exec('release request');
  }

  function runRequest({ statements }: DatabaseRequest): DatabaseReply {
    try {
      const [only] = statements;
      if (only !== undefined && statements.length === 1) return { ok: true, result: runStatement(only) };
      runGroup(statements);
      return { ok: true, result: null };
    } catch (error) {
      // Without its transaction what went before is gone as well, so the whole batch has failed.
      if (!sqlite.inTransaction) throw error;
      return { ok: false, failure: toFailure(error) };
    }
  }

  return (requests) => {
    try {
      sqlite.exec(requests.some(({ kind }) => kind === 'write') ? 'begin immediate' : 'begin');
      const replies = requests.map(runRequest);
      sqlite.exec('commit');
      return { replies, storageFailure: storageFailureIn(replies) };
    } catch (error) {
      if (sqlite.inTransaction) sqlite.exec('rollback');
      const failure = toFailure(error);
      return { replies: requests.map(() => ({ ok: false, failure })), storageFailure: storageFailure(failure) };
    }
  };
}

export function toFailure(error: unknown): RequestFailure {
  if (!(error instanceof Error)) return { message: String(error), code: null };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { message: error.message, code };
}

function storageFailure({ code, message }: RequestFailure): string | null {
  return code !== null && STORAGE_FAILURE.test(code) ? `${message} (${code})` : null;
}

function storageFailureIn(replies: readonly DatabaseReply[]): string | null {
  for (const reply of replies) {
    const trouble = reply.ok ? null : storageFailure(reply.failure);
    if (trouble !== null) return trouble;
  }
  return null;
}

/** The statements used last stay prepared. */
function createStatementCache(sqlite: Sqlite.Database): (sql: string) => Sqlite.Statement<unknown[]> {
  const prepared = new Map<string, Sqlite.Statement<unknown[]>>();
  return (sql) => {
    const known = prepared.get(sql);
    const statement = known ?? sqlite.prepare<unknown[]>(sql);
    if (!KEPT_STATEMENT.test(sql)) return statement;
    prepared.delete(sql);
    prepared.set(sql, statement);
    if (prepared.size > PREPARED_STATEMENTS) {
      const [oldest] = prepared.keys();
      if (oldest !== undefined) prepared.delete(oldest);
    }
    return statement;
  };
}

import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type DataTypeNode,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { DatabaseEngine } from './engine.ts';
import { toStatement } from './to-statement.ts';

type Execute = DatabaseEngine['execute'];
/** Lets Kysely build SQL and has the engine run it. */
export type EngineDialect = (execute: Execute) => Dialect;

export const sqliteDialect: EngineDialect = (execute) => ({
  createDriver: () => createDriver(createConnection(execute)),
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createAdapter: () => new ThreadAdapter(),
  createIntrospector: (database: Kysely<unknown>): DatabaseIntrospector => new SqliteIntrospector(database),
});

export const postgresDialect: EngineDialect = (execute) => ({
  createDriver: () => createDriver(createConnection(execute)),
  createQueryCompiler: () => new PostgresCompiler(),
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (database: Kysely<unknown>): DatabaseIntrospector => new PostgresIntrospector(database),
});

/** The thread takes any number of requests at once; otherwise Kysely would hand it one after the other. */
class ThreadAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Columns hold what SQLite's do: whole numbers of 64 bits, and texts that are in the order of their bytes. */
class PostgresCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    if (node.dataType === 'integer') this.append('bigint');
    else if (node.dataType === 'text') this.append('text collate "C"');
    else super.visitDataType(node);
  }
}

function createConnection(execute: Execute): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const kind = /^\s*select\b/i.test(query.sql) ? 'read' : 'write';
      const result = await execute({ kind, statements: [toStatement(query)] });
      if (result === null) return { rows: [] };
      return {
        rows: result.rows as R[],
        insertId: BigInt(result.lastInsertRowid),
        numAffectedRows: BigInt(result.changes),
      };
    },
    // biome-ignore lint/correctness/useYield: it only refuses
    async *streamQuery() {
      throw new Error('Streaming is not supported: read in pages');
    },
  };
}

function createDriver(connection: DatabaseConnection): Driver {
  const noTransactions = async () => {
    throw new Error('Interactive transactions are not supported, they would hold up everybody else: use write(...)');
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    releaseConnection: async () => undefined,
    beginTransaction: noTransactions,
    commitTransaction: noTransactions,
    rollbackTransaction: noTransactions,
    destroy: async () => undefined,
  };
}

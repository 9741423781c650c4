import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CompiledQuery, Kysely } from 'kysely';
import type { Database } from './database.ts';
import type { DatabaseEngine } from './engine.ts';
import { type EngineDialect, postgresDialect, sqliteDialect } from './engine-dialect.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migration.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Schema } from './schema.ts';
import { startSqliteThread } from './sqlite/sqlite-thread.ts';
import { toStatement } from './to-statement.ts';

export interface OpenDatabaseOptions {
  dataDir: string;
  /** `postgres://…`, or null for SQLite in `dataDir`. */
  databaseUrl: string | null;
  /** Other processes work with it, too. */
  shared?: boolean;
  logger?: { warn(details: object, message: string): void; info(details: object, message: string): void };
  now?: () => number;
  migrations?: readonly Migration[];
}

/** Opens the database, creating its tables if need be, and brings them up to date. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { logger, now = Date.now, migrations = MIGRATIONS } = options;
  const { engine, dialect, size } = await startEngine(options, (trouble) => {
    if (trouble === null) logger?.info({}, 'The database works again');
    else logger?.warn({ trouble }, 'The database cannot be used just now');
  });
  const { query, write } = queriesOver(engine.execute, dialect);

  async function close(): Promise<void> {
    await engine.close();
    await query.destroy();
  }

  try {
    await engine.exclusively((execute) => migrate({ ...queriesOver(execute, dialect), now }, migrations));
  } catch (error) {
    await close();
    throw error;
  }
  async function bytes(): Promise<number> {
    const result = await engine.execute({ kind: 'read', statements: [{ sql: size, parameters: [] }] });
    const [row] = (result?.rows ?? []) as { bytes: number | string }[];
    return Number(row?.bytes ?? 0);
  }
  const follow: Database['follow'] = (table, read, take) =>
    engine.follow?.(table, {
      read: async () => {
        try {
          const found = await read();
          return () => take(found);
        } catch (error) {
          logger?.warn({ err: error, table }, 'What others wrote could not be read');
          return () => undefined;
        }
      },
    });
  return { query: query as Kysely<unknown> as Kysely<Schema>, write, follow, bytes, trouble: engine.trouble, close };
}

function queriesOver(execute: DatabaseEngine['execute'], dialect: EngineDialect) {
  return {
    query: new Kysely<unknown>({ dialect: dialect(execute) }),
    async write(...queries: CompiledQuery[]): Promise<void> {
      if (queries.length > 0) await execute({ kind: 'write', statements: queries.map(toStatement) });
    },
  };
}

async function startEngine(
  { dataDir, databaseUrl, shared = false }: OpenDatabaseOptions,
  onTrouble: (trouble: string | null) => void,
): Promise<{ engine: DatabaseEngine; dialect: EngineDialect; size: string }> {
  if (databaseUrl !== null) {
    // Only who uses it pays for loading it.
    const { startPostgresEngine } = await import('./postgres/postgres-engine.ts');
    const engine = await startPostgresEngine({ url: databaseUrl, shared, onTrouble });
    return { engine, dialect: postgresDialect, size: 'SELECT pg_database_size(current_database()) AS bytes' };
  }
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const engine = await startSqliteThread({ file: join(dataDir, 'console.sqlite'), onTrouble });
  const size = 'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()';
  return { engine, dialect: sqliteDialect, size };
}

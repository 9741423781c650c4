import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CompiledQuery, Kysely } from 'kysely';
import type { Database } from './database.ts';
import { sqliteDialect } from './engine-dialect.ts';
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
  logger?: { warn(details: object, message: string): void; info(details: object, message: string): void };
  now?: () => number;
  migrations?: readonly Migration[];
}

/** Opens the database, creating it if need be, and brings its tables up to date. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { dataDir, databaseUrl, logger, now = Date.now, migrations = MIGRATIONS } = options;
  if (databaseUrl !== null) throw new Error('PostgreSQL is not available in this build');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const thread = await startSqliteThread({
    file: join(dataDir, 'console.sqlite'),
    onTrouble: (trouble) => {
      if (trouble === null) logger?.info({}, 'The database works again');
      else logger?.warn({ trouble }, 'The database cannot be used just now');
    },
  });
  const query = new Kysely<Schema>({ dialect: sqliteDialect(thread.execute) });

  async function write(...queries: CompiledQuery[]): Promise<void> {
    if (queries.length > 0) await thread.execute({ kind: 'write', statements: queries.map(toStatement) });
  }

  async function close(): Promise<void> {
    await thread.close();
    await query.destroy();
  }

  try {
    await migrate({ query: query as unknown as Kysely<unknown>, write, now }, migrations);
  } catch (error) {
    await close();
    throw error;
  }
  return { query, write, trouble: thread.trouble, close };
}

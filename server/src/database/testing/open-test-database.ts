import { existsSync } from 'node:fs';
import { Client } from 'pg';
import { inject } from 'vitest';
import type { Database } from '../database.ts';
import { openDatabase } from '../open-database.ts';

/** Names of databases by the folder that each stands for. */
const made = new Map<string, string>();
let count = 0;

/**
 * What a test's stores are kept in: SQLite in a folder. In the project `postgres` it is a database on PostgreSQL instead,
 * the same one whenever the same folder is given, for as long as the folder is there.
 */
export async function openTestDatabase(dataDir: string): Promise<Database> {
  return openDatabase({ dataDir, databaseUrl: await testDatabaseUrl(dataDir) });
}

export async function testDatabaseUrl(dataDir: string): Promise<string | null> {
  const postgres = inject('postgres');
  if (postgres === undefined) return null;
  const name = made.get(dataDir) ?? (await oneWithoutRows(postgres));
  made.set(dataDir, name);
  return onServer(postgres.server, name);
}

/** Making one takes long: that of a test that is over is emptied. */
async function oneWithoutRows({ server, template }: { server: string; template: string }): Promise<string> {
  const over = [...made].find(([folder]) => !existsSync(folder));
  if (over === undefined) {
    const name = `${template}_${process.pid}_${++count}`;
    await onDatabase(server, (client) => client.query(`create database ${name} template ${template}`));
    return name;
  }
  const [folder, name] = over;
  made.delete(folder);
  await onDatabase(onServer(server, name), async (client) => {
    const tables = await client.query(`select tablename from pg_tables where schemaname = 'public'`);
    const names = tables.rows.map(({ tablename }) => tablename as string).filter((table) => table !== 'migrations');
    // Without the guards that keep rows from being removed.
    await client.query('set session_replication_role = replica');
    await client.query(names.map((table) => `delete from "${table}";`).join(''));
    await client.query('drop schema if exists message_log cascade');
  });
  return name;
}

/** In the project `postgres`: the address of a database without tables. */
export async function emptyDatabase(): Promise<string> {
  const server = inject('postgres')?.server ?? '';
  const name = `empty_${process.pid}_${++count}`;
  await onDatabase(server, (client) => client.query(`create database ${name}`));
  return onServer(server, name);
}

const onServer = (server: string, name: string): string =>
  Object.assign(new URL(server), { pathname: `/${name}` }).href;

async function onDatabase(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await work(client);
  await client.end();
}

import { type CompiledQuery, type Kysely, sql } from 'kysely';
import type { Migration } from './migration.ts';

export interface MigrationTarget {
  query: Kysely<unknown>;
  write(...queries: CompiledQuery[]): Promise<void>;
  now: () => number;
}

/** Brings the tables up to date. Refuses a database that a newer version of the program has already changed. */
export async function migrate(target: MigrationTarget, migrations: readonly Migration[]): Promise<void> {
  const { query, write, now } = target;
  await sql`create table if not exists migrations (name text primary key, ran_at bigint not null)`.execute(query);
  const { rows } = await sql<{ name: string }>`select name from migrations`.execute(query);
  const done = new Set(rows.map((row) => row.name));
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...done].find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new Error(`The database is from a newer version of this program (it has had migration ${unknown})`);
  }
  for (const migration of migrations.filter(({ name }) => !done.has(name))) {
    const note = sql`insert into migrations (name, ran_at) values (${migration.name}, ${now()})`.compile(query);
    await write(...migration.statements(query).map((statement) => statement.compile()), note);
  }
}

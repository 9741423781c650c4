import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from './database.ts';
import type { Migration } from './migration.ts';
import { type OpenDatabaseOptions, openDatabase } from './open-database.ts';

const notes: Migration = {
  name: '0001-notes',
  statements: ({ schema }) => [
    schema
      .createTable('notes')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('text', 'text', (column) => column.notNull()),
  ],
};

let dataDir: string;
const opened: Database[] = [];

async function open(options: Partial<OpenDatabaseOptions> = {}): Promise<Database> {
  const database = await openDatabase({ dataDir, databaseUrl: null, migrations: [notes], ...options });
  opened.push(database);
  return database;
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'database-'));
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
  await rm(dataDir, { recursive: true, force: true });
});

const insert = (id: number, text = 'a note') => sql`insert into notes (id, text) values (${id}, ${text})`;

async function idsIn({ query }: Database): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select id from notes order by id`.execute(query);
  return rows.map(({ id }) => id);
}

describe('writing', () => {
  test('many writers at a time share a commit', async () => {
    const database = await open();
    await Promise.all(Array.from({ length: 1_000 }, (_, id) => database.write(insert(id).compile(database.query))));
    expect(await idsIn(database)).toHaveLength(1_000);
    // A commit puts at least one page of 4 KiB into the write-ahead log.
    const { size } = await stat(join(dataDir, 'console.sqlite-wal'));
    expect(size / 4096).toBeLessThan(200);
  });

  test('a group is all or nothing, and a failing one leaves its neighbours alone', async () => {
    const database = await open();
    const group = (...ids: number[]) => database.write(...ids.map((id) => insert(id).compile(database.query)));
    const outcomes = await Promise.allSettled([group(1, 2), group(3, 1, 4), group(5), group(5), group(6, 7)]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(await idsIn(database)).toEqual([1, 2, 5, 6, 7]);
    expect(database.trouble()).toBeNull();
  });

  test('a read sees every write that was asked for before it', async () => {
    const database = await open();
    const writing = database.write(insert(1).compile(database.query));
    expect(await idsIn(database)).toEqual([1]);
    await writing;
  });

  test('a value that no column can hold is refused without hurting others', async () => {
    const database = await open();
    const bad = sql`insert into notes (id, text) values (${1}, ${{ an: 'object' }})`.compile(database.query);
    const [refused, stored] = await Promise.allSettled([
      database.write(bad),
      database.write(insert(2).compile(database.query)),
    ]);
    expect(refused).toMatchObject({
      status: 'rejected',
      reason: { message: "A object can't be stored in the database" },
    });
    expect(stored.status).toBe('fulfilled');
  });

  test('a broken constraint is told by its code', async () => {
    const database = await open();
    await database.write(insert(1).compile(database.query));
    await expect(insert(1).execute(database.query)).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
  });

  test('interactive transactions are refused', async () => {
    const database = await open();
    await expect(database.query.transaction().execute(async () => undefined)).rejects.toThrow(/not supported/);
  });

  test('what was asked for before closing is stored, later requests are refused', async () => {
    const database = await open();
    const writing = database.write(insert(1).compile(database.query));
    await database.close();
    await writing;
    await expect(database.write(insert(2).compile(database.query))).rejects.toThrow('The database is closed');
    expect(await idsIn(await open())).toEqual([1]);
  });
});

describe('storage trouble', () => {
  test('a full disk rejects the write, is told, and is over once there is room', async () => {
    const database = await open();
    await sql`pragma max_page_count = 5`.execute(database.query);
    const big = 'x'.repeat(100_000);
    await expect(database.write(insert(1, big).compile(database.query))).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(database.trouble()).toMatch(/full/);
    expect(await idsIn(database)).toEqual([]);
    expect(database.trouble()).toMatch(/full/);
    await sql`pragma max_page_count = 100000`.execute(database.query);
    await database.write(insert(1, big).compile(database.query));
    expect(database.trouble()).toBeNull();
  });

  test('a file that is no database can not be opened', async () => {
    await writeFile(join(dataDir, 'console.sqlite'), 'certainly not a database '.repeat(100));
    await expect(open()).rejects.toMatchObject({ code: 'SQLITE_NOTADB' });
  });
});

describe('migrations', () => {
  const more: Migration = {
    name: '0002-more',
    statements: ({ schema }) => [schema.alterTable('notes').addColumn('more', 'text')],
  };

  test('each runs once, in order, and keeps what is there', async () => {
    const first = await open();
    await insert(1).execute(first.query);
    await first.close();
    const second = await open({ migrations: [notes, more] });
    await second.close();
    const third = await open({ migrations: [notes, more] });
    expect((await sql`select id, more from notes`.execute(third.query)).rows).toEqual([{ id: 1, more: null }]);
  });

  test('an interrupted one has done nothing and runs again', async () => {
    const broken: Migration = {
      name: '0002-more',
      statements: (query) => [...more.statements(query), { compile: () => sql`nonsense`.compile(query) }],
    };
    await expect(open({ migrations: [notes, broken] })).rejects.toThrow(/nonsense/);
    const database = await open({ migrations: [notes, more] });
    expect((await sql`select more from notes`.execute(database.query)).rows).toEqual([]);
  });

  test('a database of a newer version is refused', async () => {
    await (await open({ migrations: [notes, more] })).close();
    await expect(open()).rejects.toThrow(/newer version.*0002-more/);
  });

  test('the real ones make a database that opens again', async () => {
    const { MIGRATIONS } = await import('./migrations.ts');
    await (await open({ migrations: MIGRATIONS })).close();
    const database = await open({ migrations: MIGRATIONS });
    expect(await database.query.selectFrom('things').selectAll().execute()).toEqual([]);
  });
});

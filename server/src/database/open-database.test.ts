import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeDatabase, idsIn, insert, notes } from './database.contract.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';

const newFolder = () => mkdtemp(join(tmpdir(), 'database-'));

describeDatabase(
  'SQLite',
  async () => {
    const dataDir = await newFolder();
    return {
      open: (options) => openDatabase({ dataDir, databaseUrl: null, ...options }),
      remove: () => rm(dataDir, { recursive: true, force: true }),
    };
  },
  { duplicateKey: 'SQLITE_CONSTRAINT_PRIMARYKEY' },
);

describe('on its disk', () => {
  let dataDir: string;
  let database: Database | null = null;

  async function open(): Promise<Database> {
    database = await openDatabase({ dataDir, databaseUrl: null, migrations: [notes] });
    return database;
  }

  beforeEach(async () => {
    dataDir = await newFolder();
  });
  afterEach(async () => {
    await database?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('many writers at a time share a commit', async () => {
    const database = await open();
    await Promise.all(Array.from({ length: 1_000 }, (_, id) => database.write(insert(id).compile(database.query))));
    expect(await idsIn(database)).toHaveLength(1_000);
    // A commit puts at least one page of 4 KiB into the write-ahead log.
    const { size } = await stat(join(dataDir, 'console.sqlite-wal'));
    expect(size / 4096).toBeLessThan(200);
  });

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

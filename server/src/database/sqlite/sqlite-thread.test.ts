import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../../test/support/eventually.ts';
import type { DatabaseEngine, DatabaseRequest } from '../engine.ts';
import { startSqliteThread } from './sqlite-thread.ts';

let folder: string;
let thread: DatabaseEngine;
let workers: Worker[];
let told: (string | null)[];
const noteWorker = (worker: Worker): void => void workers.push(worker);

const write = (sql: string): DatabaseRequest => ({ kind: 'write', statements: [{ sql, parameters: [] }] });
const open = () => startSqliteThread({ file: join(folder, 'a.sqlite'), onTrouble: (trouble) => told.push(trouble) });

async function notes(): Promise<unknown[]> {
  const statements = [{ sql: 'select id from notes order by id', parameters: [] }];
  const result = await thread.execute({ kind: 'read', statements });
  return result?.rows.map((row) => (row as { id: number }).id) ?? [];
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-thread-'));
  workers = [];
  told = [];
  process.on('worker', noteWorker);
  thread = await open();
  await thread.execute(write('create table notes (id integer primary key)'));
  await thread.execute(write('insert into notes values (1)'));
});
afterEach(async () => {
  process.off('worker', noteWorker);
  await thread.close();
  await rm(folder, { recursive: true, force: true });
});

test('a thread that dies refuses what was asked of it, says so, and is replaced', async () => {
  const inHand = thread.execute(write('insert into notes values (2)'));
  await Promise.all([workers[0]?.terminate(), expect(inHand).rejects.toThrow(/database thread failed/)]);
  expect(thread.trouble()).toMatch(/database thread failed/);
  await expect(thread.execute(write('insert into notes values (3)'))).rejects.toThrow(/database thread failed/);
  await until(() => thread.trouble() === null);
  expect(workers).toHaveLength(2);
  expect(told).toEqual([expect.stringMatching(/failed/), null]);
  await thread.execute(write('insert into notes values (4)'));
  expect(await notes()).toEqual([1, 4]);
}, 15_000);

test('closing while it is being replaced ends it for good', async () => {
  await workers[0]?.terminate();
  await until(() => thread.trouble() !== null);
  await thread.close();
  await expect(thread.execute(write('insert into notes values (2)'))).rejects.toThrow('The database is closed');
  thread = await open();
  expect(await notes()).toEqual([1]);
});

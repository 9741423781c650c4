import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.ts';
import type { Database } from '../../database/database.ts';
import { openTestDatabase } from '../../database/testing/open-test-database.ts';
import { createProgressWriter } from './progress-writer.ts';
import { newRecord, type TransactionRecord } from './transaction-record.ts';
import { prepareStatements } from './transaction-statements.ts';

it('progress that could not be written is written once the database is back, unless something newer was', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'progress-'));
  const database = await openTestDatabase(dataDir);
  const { query } = database;
  const statements = prepareStatements(query);
  const newest = new Map<string, TransactionRecord>();
  for (const id of ['goes-on', 'ended']) {
    const known = { thingName: 'CP1', transactionId: id, protocol: 'ocpp2.0.1', startedAt: 0 } as const;
    newest.set(id, { ...newRecord({ id, ...known }), energyWh: 10 });
  }
  const records = [...newest.values()];
  await database.write(...records.map(statements.upsert));
  let failures = 0;
  let isAway = false;
  const write: Database['write'] = (...queries) => {
    if (!isAway) return database.write(...queries);
    failures++;
    return Promise.reject(new Error('disk full'));
  };
  const writer = await createProgressWriter({
    database: { query, write },
    statements,
    isNewest: (record) => newest.get(record.id) === record,
    hasSessions: () => true,
    now: () => 1_000,
    everyMs: 5,
  });
  isAway = true;
  for (const record of records) {
    const told = { ...record, energyWh: 20 };
    newest.set(record.id, told);
    writer.add(told);
  }
  newest.delete('ended');
  await eventually(() => expect(failures).toBeGreaterThan(1));
  isAway = false;

  const energies = () => query.selectFrom('transactions').select(['id', 'energy_wh']).orderBy('id', 'desc').execute();
  await eventually(async () => {
    expect(await energies()).toEqual([
      { id: 'goes-on', energy_wh: 20 },
      { id: 'ended', energy_wh: 10 },
    ]);
  });
  await writer.close();
  const { written_until } = await query.selectFrom('session_progress').selectAll().executeTakeFirstOrThrow();
  expect(written_until).toBe(1_000);
  await database.close();
  await rm(dataDir, { recursive: true });
});

it('what is told before anything was ever written is looked for after a crash, however long that is ago', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'progress-'));
  const database = await openTestDatabase(dataDir);
  const options = { database, statements: prepareStatements(database.query), isNewest: () => true };
  const first = await createProgressWriter({ ...options, hasSessions: () => true, now: () => 1_000 });
  expect(first.writtenUntil).toBe(1_000);
  const second = await createProgressWriter({ ...options, hasSessions: () => true, now: () => 60_000 });
  expect(second.writtenUntil).toBe(1_000);
  await second.close();
  await first.close();
  await database.close();
  await rm(dataDir, { recursive: true });
});

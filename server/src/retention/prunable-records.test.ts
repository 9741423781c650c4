import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJobs } from '../charge-points/jobs/jobs.ts';
import { createBulkStore } from '../csms/commands/bulk/bulk-store.ts';
import type { Database } from '../database/database.ts';
import { openTestDatabase } from '../database/testing/open-test-database.ts';
import { createPins } from './pins.ts';
import { prunableRecords } from './prunable-records.ts';

const DAY_MS = 86_400_000;
let dataDir: string;
let database: Database;
let now = 0;
let nextId = 1;
const options = () => ({ database, now: () => now, newId: () => `id-${nextId++}` });

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'prunable-'));
  database = await openTestDatabase(dataDir);
  now = 10 * DAY_MS;
});
afterEach(async () => {
  await database.close();
  await rm(dataDir, { recursive: true });
});

describe('pruning', () => {
  it('of bulk commands takes old ones with their targets, but none that runs or has a pinned charge point', async () => {
    const bulk = createBulkStore(database);
    const send = (id: string, thingName: string, state: string) =>
      bulk.create(
        {
          id,
          action: 'Reset',
          payload: '{}',
          state,
          total: 1,
          created_at: now,
          finished_at: null,
          sent_by: 'ada',
          instance: null,
        },
        [{ thingName, state: 'waiting', word: null, commandId: null }],
      );
    await send('old', 'CP1', 'done');
    await send('running', 'CP1', 'running');
    await send('pinned', 'CP2', 'done');
    await createPins(options()).add({
      thingName: 'CP2',
      from: now - 1,
      to: now + 1,
      transactionId: null,
      reason: 'disputed',
      by: 'ada',
    });
    now += 5 * DAY_MS;
    await send('new', 'CP1', 'done');

    const kind = prunableRecords({ database, logFiles: { remove: async () => {} } })['bulk-commands'];
    expect(await kind.prune(now - DAY_MS)).toBe(1);
    const left = await Promise.all(['old', 'running', 'pinned', 'new'].map((id) => bulk.get(id)));
    expect(left.map((one) => one?.id ?? null)).toEqual([null, 'running', 'pinned', 'new']);
    expect((await bulk.results('old', { limit: 10 })).items).toEqual([]);
    expect(await kind.size()).toMatchObject({ rows: 3, oldestAt: 10 * DAY_MS });
  });

  it('of firmware updates goes by their last step', async () => {
    const jobs = createJobs(options());
    const begin = (id: string) =>
      jobs.begin({
        id,
        thingName: 'CP1',
        protocol: 'ocpp1.6',
        action: 'UpdateFirmware',
        request: {},
        requestedBy: 'ada',
        firmwareFileId: null,
      });
    await begin('left');
    await begin('went on');
    now += 5 * DAY_MS;
    await jobs.answered('went on', 'Accepted');

    const kind = prunableRecords({ database, logFiles: { remove: async () => {} } }).jobs;
    expect(await kind.prune(now - DAY_MS)).toBe(1);
    expect((await jobs.list({ thingName: 'CP1', limit: 10 })).items.map(({ id }) => id)).toEqual(['went on']);
    expect(await jobs.get('left')).toBeNull();
  });
});

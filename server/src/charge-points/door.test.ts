import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refusal } from '../../test/support/log-rows.ts';
import { createMemoryMessageLog } from '../../test/support/memory-message-log.ts';
import { createMemoryRegistry } from '../../test/support/memory-registry.ts';
import type { Database } from '../database/database.ts';
import { openTestDatabase } from '../database/testing/open-test-database.ts';
import { createDoor, type Door } from './door.ts';

const DAY_MS = 86_400_000;
let dataDir: string;
let database: Database;
let time = Date.UTC(2026, 4, 4, 10);
const log = createMemoryMessageLog();
const now = () => time;
const open = (): Promise<Door> => createDoor({ log, registry: createMemoryRegistry(now), database, now });
const names = (door: Door): string[] => door.list().map(({ thingName, reason }) => `${thingName} ${reason}`);

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'door-'));
  database = await openTestDatabase(dataDir);
});
afterEach(async () => {
  await database.close();
  await rm(dataDir, { recursive: true });
});

it('keeps a dismissed one out of sight for a day, also over a restart and while it goes on trying', async () => {
  const door = await open();
  log.add(refusal('CP9', 'not-registered'));
  expect(await door.dismiss('CP9')).toBe(true);
  log.add(refusal('CP9', 'not-registered'));
  expect(names(door)).toEqual([]);
  door.close();

  const again = await open();
  log.add(refusal('CP9', 'not-registered'));
  expect(names(again)).toEqual([]);
  // Something else is wrong with it now: that is news.
  log.add(refusal('CP9', 'bad-credentials'));
  expect(names(again)).toEqual(['CP9 bad-credentials']);
  time += DAY_MS + 1;
  expect(names(again).sort()).toEqual(['CP9 bad-credentials', 'CP9 not-registered']);
  again.close();
});

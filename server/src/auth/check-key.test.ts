import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../database/database.ts';
import { openTestDatabase } from '../database/testing/open-test-database.ts';
import { checkKey } from './check-key.ts';

let dataDir: string;
let database: Database;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'key-'));
  database = await openTestDatabase(dataDir);
});
afterEach(async () => {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('a database is opened with the key that it was first used with, and with no other', async () => {
  const key = randomBytes(32);
  const check = (of: Buffer) => checkKey({ database, name: 'credentials', key: of, keyIs: 'CREDENTIALS_KEY' });
  await check(key);
  await check(key);
  await expect(check(randomBytes(32))).rejects.toThrow(
    'CREDENTIALS_KEY is not the key that the passwords in this database were made with',
  );
  await check(key);
});

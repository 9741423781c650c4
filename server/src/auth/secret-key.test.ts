import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadOrCreateKey } from './secret-key.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keys-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

test('a key is made once, for its owner only, and is the same ever after', async () => {
  const key = await loadOrCreateKey(dataDir, 'passwords');
  expect(key).toHaveLength(32);
  expect((await stat(join(dataDir, 'keys', 'passwords.key'))).mode & 0o777).toBe(0o600);
  expect(await loadOrCreateKey(dataDir, 'passwords')).toEqual(key);
  expect(await loadOrCreateKey(dataDir, 'sessions')).not.toEqual(key);
});

test('those who start at the same time get the same key', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateKey(dataDir, 'passwords')));
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
  expect(await readdir(join(dataDir, 'keys'))).toEqual(['passwords.key']);
});

test('a damaged key is refused, not replaced', async () => {
  await loadOrCreateKey(dataDir, 'passwords');
  await writeFile(join(dataDir, 'keys', 'passwords.key'), 'short');
  await expect(loadOrCreateKey(dataDir, 'passwords')).rejects.toThrow(/passwords\.key is damaged/);
});

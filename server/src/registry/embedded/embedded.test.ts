import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Database } from '../../database/database.ts';
import { openTestDatabase } from '../../database/testing/open-test-database.ts';
import { describeRegistry } from '../registry.contract.ts';
import { describeShadows } from '../shadows.contract.ts';
import { createEmbeddedRegistry } from './embedded-registry.ts';
import { createEmbeddedShadows } from './embedded-shadows.ts';

async function openTemporary(): Promise<{ database: Database; close(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'registry-'));
  const database = await openTestDatabase(dataDir);
  return {
    database,
    async close() {
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const secretKey = randomBytes(32);
const registryOptions = { secretKey, unauthenticatedThings: 'allow', now: () => 1_700_000_000_000 } as const;

describeRegistry('the embedded registry', async () => {
  const { database, close } = await openTemporary();
  const reopen = () => createEmbeddedRegistry({ ...registryOptions, database });
  return { registry: await reopen(), reopen, close };
});

describeShadows('the embedded shadows', async (now) => {
  const { database, close } = await openTemporary();
  return { shadows: createEmbeddedShadows({ database, now }), close };
});

test('things without credentials stay out where the settings say so', async () => {
  const { database, close } = await openTemporary();
  const registry = await createEmbeddedRegistry({ ...registryOptions, unauthenticatedThings: 'deny', database });
  await registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none' });
  expect(registry.admit('CP1', null)).toEqual({ admitted: false, reason: 'unauthenticated-not-allowed' });
  await close();
});

test('the database alone does not tell whether a password is right', async () => {
  const { database, close } = await openTemporary();
  const registry = await createEmbeddedRegistry({ ...registryOptions, database });
  const created = await registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'basic' });
  const password = Buffer.from(created?.password ?? '');
  const elsewhere = await createEmbeddedRegistry({ ...registryOptions, secretKey: randomBytes(32), database });
  expect(elsewhere.admit('CP1', { userName: 'CP1', password })).toMatchObject({ reason: 'bad-credentials' });
  expect(JSON.stringify(await database.query.selectFrom('things').selectAll().execute())).not.toContain(`${password}`);
  await close();
});

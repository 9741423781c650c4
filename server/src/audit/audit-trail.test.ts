import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../database/database.ts';
import { openTestDatabase } from '../database/testing/open-test-database.ts';
import { createAuditTrail } from './audit-trail.ts';

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  database = await openTestDatabase(folder);
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

test('the database itself keeps what was written down from being changed or removed', async () => {
  let ids = 0;
  const trail = createAuditTrail({ database, now: () => 1_000, newId: () => `id-${++ids}` });
  const entry = { actor: 'ada', via: 'session', role: 'admin', address: '::1' } as const;
  const done = { method: 'DELETE', path: '/things/CP1', what: 'Remove a charge point', details: {}, status: 204 };
  await trail.add({ ...entry, ...done });
  const before = await trail.list({ limit: 10 });
  for (const statement of [
    sql`update audit_trail set actor = 'bob'`,
    sql`delete from audit_trail`,
    sql`delete from audit_trail where actor = 'ada'`,
  ]) {
    await expect(database.write(statement.compile(database.query))).rejects.toThrow(/neither changed nor removed/);
  }
  await trail.add({ ...entry, ...done });
  const after = await trail.list({ limit: 10 });
  expect(after.items).toHaveLength(2);
  expect(after.items).toEqual(expect.arrayContaining(before.items));
});

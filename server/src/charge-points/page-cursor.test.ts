import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../database/database.ts';
import { openTestDatabase } from '../database/testing/open-test-database.ts';
import { newestFirst } from './page-cursor.ts';

let dataDir: string;
let database: Database;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'page-cursor-'));
  database = await openTestDatabase(dataDir);
  const { query } = database;
  // Seven at three times, in no order.
  const rows = ['c20', 'a10', 'd20', 'b30', 'a20', 'b20', 'e10'].map((id) => ({ id, at: Number(id.slice(1)) }));
  for (const { id, at } of rows) {
    const row = { id, thing_name: 'CP1', type: 'X', tech_info: null, at, received_at: at };
    await database.write(query.insertInto('security_events').values(row).compile());
  }
});
afterEach(async () => {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

const page = (limit: number, cursor?: string) =>
  newestFirst(database.query.selectFrom('security_events').selectAll(), 'received_at', { limit, cursor });

test.each([1, 2, 3, 6, 7, 8])(
  'pages of %i go newest first, and among the same time miss and repeat nothing',
  async (limit) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { shown, nextCursor } = await page(limit, cursor);
      expect(shown.length).toBeLessThanOrEqual(limit);
      seen.push(...shown.map(({ id }) => id));
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['b30', 'd20', 'c20', 'b20', 'a20', 'e10', 'a10']);
  },
);

test('a cursor that is not ours begins at the beginning', async () => {
  expect((await page(1, 'nonsense')).shown.map(({ id }) => id)).toEqual(['b30']);
});

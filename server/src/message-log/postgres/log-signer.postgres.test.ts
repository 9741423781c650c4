import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyDatabase } from '../../database/testing/open-test-database.ts';
import { bitsOf } from '../index/signature.ts';
import type { IdRange } from '../index/signed-blocks.ts';
import { openMessageLog } from '../journaled-message-log.ts';
import type { MessageLog } from '../message-log.ts';
import { candidateRuns } from './log-signatures.ts';
import { createLogSigner } from './log-signer.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 4, 4);
/** Over two days; more than two groups of blocks, and some that are not signed. */
const ROWS = 18_000;
const RARE = 4_321;
const ESCAPED = 9_876;
const NEWEST = ROWS - 3;

const texts = new Map([
  [RARE, '"idTag":"DEADBEEF"'],
  [ESCAPED, '"info":"\\u004cOST in the night"'],
  [NEWEST, '"idTag":"DEADBEEF"'],
]);

let folder: string;
let log: MessageLog;
let client: Client;

beforeAll(async () => {
  const url = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'log-signer-'));
  log = await openMessageLog({ dataDir: folder, postgres: { url, idsAfter: 0 } });
  for (let n = 1; n <= ROWS; n += 1) {
    const payload = texts.get(n) ?? `"connectorId":${n % 3},"status":"Available"`;
    log.append(
      {
        thingName: `CP${n % 50}`,
        connectionId: 'c1',
        at: START + Math.floor((n / ROWS) * 1.9 * DAY_MS),
        direction: 'in',
        kind: 'call',
        action: 'StatusNotification',
        messageId: `m${n}`,
        frame: `[2,"m${n}","StatusNotification",{${payload}}]`,
        latencyMs: null,
        errorCode: null,
        violations: null,
      },
      null,
    );
  }
  expect(await log.query({ limit: 1 })).toMatchObject([{ id: ROWS }]);
  const signer = createLogSigner(url, 1);
  signer.reached(ROWS);
  await signer.close();
  const again = createLogSigner(url, 1);
  again.reached(ROWS);
  await again.idle();
  await again.close();
  client = new Client({ connectionString: url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await log.close();
  await rm(folder, { recursive: true, force: true });
});

const runsOf = (text: string): Promise<IdRange[]> =>
  candidateRuns({ first: 1, last: ROWS }, bitsOf([text]), async (sql, values) => {
    const { rows } = await client.query(sql, values);
    return rows.map((row) => ({ ...row, first: Number(row.first), ...(row.last ? { last: Number(row.last) } : {}) }));
  });
const covers = (runs: readonly IdRange[], id: number): boolean =>
  runs.some(({ first, last }) => first <= id && id <= last);
const ids = async (query: Omit<Parameters<MessageLog['query']>[0], 'limit'>) =>
  (await log.query({ ...query, limit: 100 })).map(({ id }) => id);

it('of what is signed only blocks that may have the text are read', async () => {
  const rare = await runsOf('deadbeef');
  expect(covers(rare, RARE)).toBe(true);
  // What is not signed yet has to be read.
  expect(covers(rare, NEWEST)).toBe(true);
  const signed = rare.filter(({ last }) => last < 2 * 8_192);
  expect(signed.reduce((sum, { first, last }) => sum + last - first + 1, 0)).toBeLessThan(1_000);
  expect(covers(await runsOf('lost in the night'), ESCAPED)).toBe(true);
});

it('searches find the same as without signatures, in both orders and in parts', async () => {
  expect(await ids({ q: 'DEADbeef' })).toEqual([NEWEST, RARE]);
  expect(await ids({ q: 'deadbeef', order: 'asc' })).toEqual([RARE, NEWEST]);
  expect(await ids({ q: 'lost in the night' })).toEqual([ESCAPED]);
  expect(await ids({ q: 'deadbeef', thingNames: [`CP${RARE % 50}`, 'CP1'] })).toEqual([RARE]);
  expect(await ids({ q: 'nowhere to be found' })).toEqual([]);
  const common = await ids({ q: '"connectorId":2' });
  expect(common).toHaveLength(100);
  expect(common.every((id) => id % 3 === 2 && !texts.has(id))).toBe(true);
  const next = await log.query({ q: '"connectorId":2', limit: 100, afterId: common.at(-1) ?? 0 });
  expect(next[0]?.id).toBe((common.at(-1) ?? 0) - 3);
});

it('what is signed goes with its rows', async () => {
  const before = await client.query('select count(*)::int as groups from message_log.signed_group');
  expect(before.rows[0].groups).toBe(2);
  await log.prune({ before: START + DAY_MS, pinned: [] });
  const { rows } = await client.query('select first::int from message_log.signed_group');
  expect(rows).toEqual([{ first: 8_193 }]);
  const bits = await client.query('select distinct first::int from message_log.signed_bit');
  expect(bits.rows).toEqual([{ first: 8_193 }]);
  expect(await ids({ q: 'lost in the night' })).toEqual([ESCAPED]);
});

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.ts';
import { emptyDatabase } from '../../database/testing/open-test-database.ts';
import { type Postgres, startPostgres } from '../../database/testing/postgres.ts';
import { openMessageLog } from '../journaled-message-log.ts';
import type { PinnedRange } from '../kept/log-plan.ts';
import type { MessageLog, NewLogRow } from '../message-log.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 4, 4);
const at = (day: number, hour = 0): number => START + day * DAY_MS + hour * 3_600_000;

const row = (messageId: string, changes: Partial<NewLogRow> = {}): NewLogRow => ({
  thingName: 'CP1',
  connectionId: 'c1',
  at: START,
  direction: 'in',
  kind: 'call',
  action: 'Heartbeat',
  messageId,
  frame: `[2,"${messageId}","Heartbeat",{}]`,
  latencyMs: null,
  errorCode: null,
  violations: null,
  ...changes,
});

const folders: string[] = [];
const logs = new Set<MessageLog>();
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'postgres-log-'));
  folders.push(folder);
  return folder;
}
async function open(dataDir: string, url: string, idsAfter = 0): Promise<MessageLog> {
  const log = await openMessageLog({ dataDir, postgres: { url, idsAfter } });
  logs.add(log);
  return log;
}
async function close(log: MessageLog): Promise<void> {
  logs.delete(log);
  await log.close();
}
afterEach(async () => {
  for (const log of logs) await close(log);
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const durable = (log: MessageLog): Promise<void> =>
  new Promise((resolve, reject) => log.whenDurable((error) => (error ? reject(error) : resolve())));
const everything = (log: MessageLog) => log.query({ order: 'asc', limit: 10_000 });
const messageIds = async (log: MessageLog) => (await everything(log)).map(({ messageId }) => messageId);

async function select(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}
const tables = async (url: string): Promise<unknown[]> =>
  (
    await select(
      url,
      `select inhrelid::regclass::text as name from pg_inherits
      where inhparent = 'message_log.message'::regclass order by 1`,
    )
  ).map(({ name }) => name);

describe('pruning', () => {
  const DAYS = 4;
  const PER_DAY = 40;
  let url: string;
  let log: MessageLog;
  beforeEach(async () => {
    url = await emptyDatabase();
    log = await open(await newFolder(), url);
    for (let day = 0; day < DAYS; day += 1) {
      for (let n = 0; n < PER_DAY; n += 1) {
        const thingName = n % 2 === 0 ? 'CP1' : 'CP2';
        log.append(row(`${day}-${n}`, { thingName, at: at(day) + n * 1_800_000 }), null);
      }
    }
    await everything(log);
  });

  it('drops the tables of whole days, and nothing else', async () => {
    const before = await everything(log);
    expect(before).toHaveLength(DAYS * PER_DAY);
    await log.prune({ before: at(2, 5), pinned: [] });
    expect(await everything(log)).toEqual(before.slice(2 * PER_DAY));
    expect(await tables(url)).toEqual(['message_log.message_20260506', 'message_log.message_20260507']);
    expect(await log.sizes()).toMatchObject({ rows: 2 * PER_DAY, oldestAt: at(2), pinned: { rows: 0, bytes: 0 } });
    expect(await log.row(1)).toBeNull();
  });

  it('keeps the newest day', async () => {
    await log.prune({ before: at(90), pinned: [] });
    expect(await everything(log)).toHaveLength(PER_DAY);
  });

  it('leaves what is pinned, until it is not any more', async () => {
    const before = await everything(log);
    const pinned: PinnedRange[] = [
      { thingName: 'CP1', from: at(0, 3), to: at(1, 6) },
      { thingName: 'CP1', from: at(1, 4), to: at(1, 8) },
      { thingName: 'CP2', from: at(1, 0), to: at(1, 2) },
    ];
    const isPinned = (each: { thingName: string; at: number }): boolean =>
      pinned.some(({ thingName, from, to }) => each.thingName === thingName && each.at >= from && each.at < to);
    const expected = before.filter((each) => each.at >= at(2) || isPinned(each));
    for (const _twice of [1, 2]) {
      await log.prune({ before: at(2), pinned });
      expect(await everything(log)).toEqual(expected);
      expect(await log.query({ thingName: 'CP2', to: at(2), limit: 10 })).toHaveLength(2);
      const [first] = expected;
      expect(await log.query({ messageId: first?.messageId ?? '', limit: 10 })).toEqual([first]);
      const kept = expected.filter((each) => each.at < at(2)).length;
      expect(await log.sizes()).toMatchObject({ rows: 2 * PER_DAY, oldestAt: at(2), pinned: { rows: kept } });
    }
    await log.prune({ before: at(2), pinned: pinned.slice(2) });
    expect(await log.query({ to: at(2), limit: 100 })).toHaveLength(2);
    await log.prune({ before: at(2), pinned: [] });
    expect(await everything(log)).toEqual(before.slice(2 * PER_DAY));
    expect(await tables(url)).toHaveLength(2);
  });

  it('takes rows while it runs', async () => {
    const pruning = log.prune({ before: at(3), pinned: [{ thingName: 'CP1', from: at(0), to: at(3) }] });
    const added = log.append(row('meanwhile', { at: at(3, 23) }), null);
    expect(await log.query({ limit: 1 })).toEqual([added]);
    await pruning;
    expect(await everything(log)).toHaveLength(PER_DAY + 3 * (PER_DAY / 2) + 1);
  });
});

describe('the ids', () => {
  it('go on after those of a folder that was lost, and after what else knows of them', async () => {
    const url = await emptyDatabase();
    const first = await open(await newFolder(), url);
    const before = first.append(row('before'), null);
    await durable(first);
    await close(first);
    const second = await open(await newFolder(), url);
    expect(second.append(row('after'), null).id).toBe(before.id + 1);
    await durable(second);
    await close(second);
    const third = await open(await newFolder(), url, 1_000);
    expect(third.append(row('later'), null).id).toBe(1_001);
    expect(await messageIds(third)).toEqual(['before', 'after', 'later']);
  });
});

it('a folder that lost its journal, not its name, takes rows as before', async () => {
  const url = await emptyDatabase();
  const dataDir = await newFolder();
  for (const messageId of ['first', 'second', 'third']) {
    const log = await open(dataDir, url);
    log.append(row(messageId), null);
    expect((await messageIds(log)).at(-1)).toBe(messageId);
    await close(log);
  }
  const spool = join(dataDir, 'spool');
  for (const name of await readdir(spool)) if (name.endsWith('.journal')) await rm(join(spool, name));
  const log = await open(dataDir, url);
  log.append(row('fourth'), null);
  expect(await messageIds(log)).toEqual(['first', 'second', 'third', 'fourth']);
});

describe('with PostgreSQL away', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  beforeEach(() => postgres.start());
  afterAll(() => postgres.dispose());

  it('frames go on being durable, in order and each once, also after restarts and cut connections', async () => {
    const url = postgres.url();
    const dataDir = await newFolder();
    const log = await open(dataDir, url);
    const appended: string[] = [];
    const append = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n += 1) {
        const messageId = `m${appended.length}`;
        appended.push(messageId);
        log.append(row(messageId, { at: START + appended.length }), null);
        if (n % 10 === 0) await durable(log);
      }
      await durable(log);
    };
    let cuts = 0;
    const cutting = (async () => {
      for (; cuts < 5; cuts += 1) {
        const { length } = appended;
        // In the middle of what is being moved.
        await eventually(() => expect(appended.length).toBeGreaterThan(length + 20));
        await postgres.query(`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()
          and backend_type = 'client backend'`);
      }
    })();
    while (cuts < 5) {
      await append(5);
      await log.query({ limit: 1 }).catch(() => undefined);
    }
    await cutting;
    await postgres.signal('SIGQUIT');
    await append(300);
    await eventually(() => expect(log.health().trouble).toMatch(/refuses connections: is it running there/));
    await expect(log.query({ limit: 1 })).rejects.toThrow(/^PostgreSQL at .* refuses connections/);
    expect(log.recent(log.lastId() - 1)).toHaveLength(1);
    await postgres.start();
    await eventually(async () => expect(await messageIds(log)).toEqual(appended));
    expect(log.health()).toMatchObject({ trouble: null, indexLagRows: 0 });

    await postgres.signal('SIGQUIT');
    await append(100);
    // The process ends while it is away: the rows wait in the folder.
    await close(log);
    await postgres.start();
    const next = await open(dataDir, url);
    expect(await messageIds(next)).toEqual(appended);
    expect((await readdir(join(dataDir, 'spool'))).filter((name) => name.endsWith('.journal'))).toHaveLength(1);
  });

  it('rows of a folder that was not used for a while come after those of others', async () => {
    await postgres.query('create database later');
    const url = postgres.url('later');
    const dataDir = await newFolder();
    const old = await open(dataDir, url);
    old.append(row('old'), null);
    expect(await messageIds(old)).toEqual(['old']);
    await postgres.signal('SIGQUIT');
    old.append(row('left behind'), null);
    await durable(old);
    await close(old);
    await postgres.start();
    const other = await open(await newFolder(), url);
    other.append(row('other'), null);
    expect(await messageIds(other)).toEqual(['old', 'other']);
    await close(other);
    const again = await open(dataDir, url);
    expect(await messageIds(again)).toEqual(['old', 'other', 'left behind']);
    expect(again.append(row('new'), null).id).toBe(4);
  });
});

import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openMessageLog } from '../journaled-message-log.ts';
import type { MessageLog, NewLogRow } from '../message-log.ts';
import { createReplays } from '../replay.ts';
import type { LogPlan, PinnedRange } from './log-plan.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 4, 4);
const DAYS = 4;
const PER_DAY = 40;
const at = (day: number, hour = 0): number => START + day * DAY_MS + hour * 3_600_000;

const row = (changes: Partial<NewLogRow>): NewLogRow => ({
  thingName: 'CP1',
  connectionId: 'c1',
  at: START,
  direction: 'in',
  kind: 'call',
  action: 'Heartbeat',
  messageId: '1',
  frame: '[2,"1","Heartbeat",{}]',
  latencyMs: null,
  errorCode: null,
  violations: null,
  ...changes,
});

let dataDir: string;
let log: MessageLog;

const reopen = async (): Promise<void> => {
  await log.close();
  log = await openMessageLog({ dataDir });
};
/** A process per day leaves a segment of the journal per day. */
async function fill(): Promise<void> {
  for (let day = 0; day < DAYS; day += 1) {
    for (let n = 0; n < PER_DAY; n += 1) {
      const thingName = n % 2 === 0 ? 'CP1' : 'CP2';
      const messageId = `${day}-${n}`;
      const frame = `[2,"${messageId}","DataTransfer",{"vendorId":"日本 ${n}"}]`;
      log.append(row({ thingName, messageId, frame, action: 'DataTransfer', at: at(day) + n * 1_800_000 }), null);
    }
    await reopen();
  }
}
const everything = () => log.query({ order: 'asc', limit: 1_000 });
const days = async (folder: string): Promise<string[]> =>
  (await readdir(join(dataDir, folder))).filter((name) => !/-(wal|shm)$/.test(name)).sort();

let filled: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'pruning-'));
  log = await openMessageLog({ dataDir });
  await fill();
  await log.close();
  filled = dataDir;
});
afterAll(() => rm(filled, { recursive: true, force: true }));

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'pruning-'));
  await cp(filled, dataDir, { recursive: true });
  log = await openMessageLog({ dataDir });
});
afterEach(async () => {
  await log.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('pruning', () => {
  it('removes whole days with their part of the journal, and nothing else', async () => {
    const before = await everything();
    await log.prune({ before: at(2, 5), pinned: [] });
    expect(await everything()).toEqual(before.slice(2 * PER_DAY));
    expect(await days('message-index')).toEqual(['2026-05-06.sqlite', '2026-05-07.sqlite']);
    expect((await days('journal'))[0]).toMatch(/0003\.journal$/);
    expect(await log.sizes()).toMatchObject({ rows: 2 * PER_DAY, oldestAt: at(2), pinned: { rows: 0 } });
    expect(await log.row(1)).toBeNull();
  });

  it('keeps the newest day, so that ids go on after a restart', async () => {
    await log.prune({ before: at(90), pinned: [] });
    await reopen();
    expect(await everything()).toHaveLength(PER_DAY);
    expect(log.append(row({ at: at(5) }), null).id).toBe(DAYS * PER_DAY + 1);
  });

  it('leaves what is pinned where it was, with its ids, frames and every way to search for it', async () => {
    const before = await everything();
    const pinned: PinnedRange[] = [
      { thingName: 'CP1', from: at(0, 3), to: at(1, 6) },
      // Overlaps the first: no row comes twice.
      { thingName: 'CP1', from: at(1, 4), to: at(1, 8) },
      { thingName: 'CP2', from: at(1, 0), to: at(1, 2) },
    ];
    const isPinned = (each: { thingName: string; at: number }): boolean =>
      pinned.some(({ thingName, from, to }) => each.thingName === thingName && each.at >= from && each.at < to);
    const expected = before.filter((each) => each.at >= at(2) || isPinned(each));

    await log.prune({ before: at(2), pinned });
    for (const _round of [1, 2]) {
      expect(await everything()).toEqual(expected);
      const [first] = expected;
      expect(await log.row(first?.id ?? 0)).toEqual(first);
      expect(await log.query({ thingName: 'CP2', to: at(2), limit: 10 })).toHaveLength(2);
      expect(await log.query({ messageId: first?.messageId ?? '', limit: 10 })).toEqual([first]);
      const { ids } = await createReplays(log, Date.now).outline({ thingName: 'CP1', from: at(0), to: at(2) });
      expect(ids).toHaveLength(expected.filter((each) => each.thingName === 'CP1' && each.at < at(2)).length);
      expect((await log.sizes()).pinned.rows).toBe(expected.filter((each) => each.at < at(2)).length);
      await reopen();
    }

    await log.prune({ before: at(2), pinned: pinned.slice(2) });
    expect(await log.query({ to: at(2), limit: 100 })).toHaveLength(2);
    expect(await days('pinned-messages')).toEqual(['2026-05-05.2']);
    await log.prune({ before: at(2), pinned: [] });
    expect(await everything()).toEqual(before.slice(2 * PER_DAY));
    expect(await days('pinned-messages')).toEqual([]);
  });

  it('takes rows while it runs, and answers queries', async () => {
    const pruning = log.prune({ before: at(3), pinned: [{ thingName: 'CP1', from: at(0), to: at(3) }] });
    const added = log.append(row({ at: at(3, 23), messageId: 'meanwhile' }), null);
    const [seen] = await log.query({ limit: 1 });
    await pruning;
    expect(seen).toEqual(added);
    expect(await everything()).toHaveLength(PER_DAY + 3 * (PER_DAY / 2) + 1);
  });

  it('takes nothing that stays from who reads page by page meanwhile, and gives nothing twice', async () => {
    const pruning = log.prune({ before: at(3), pinned: [{ thingName: 'CP1', from: at(0), to: at(3) }] });
    const read: LogRow[] = [];
    for (let page = await log.query({ order: 'asc', limit: 7 }); page.length > 0; ) {
      read.push(...page);
      page = await log.query({ order: 'asc', limit: 7, afterId: page.at(-1)?.id ?? 0 });
    }
    await pruning;
    const ids = read.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(ids).toEqual(expect.arrayContaining((await everything()).map(({ id }) => id)));
  });

  it('that is killed at any moment has lost nothing that it should not, and can be run again', {
    timeout: 60_000,
  }, async () => {
    const plan: LogPlan = { before: at(3), pinned: [{ thingName: 'CP1', from: at(0), to: at(3) }] };
    const before = await everything();
    const mustStay = before.filter((each) => each.at >= at(3) || each.thingName === 'CP1');
    await log.close();
    for (const delayMs of [0, 8, 25]) {
      await prunedUntilKilled(plan, delayMs);
      log = await openMessageLog({ dataDir });
      const ids = new Set((await everything()).map(({ id }) => id));
      expect(mustStay.filter(({ id }) => !ids.has(id))).toEqual([]);
      await log.close();
    }
    log = await openMessageLog({ dataDir });
    await log.prune(plan);
    expect(await everything()).toEqual(mustStay);
  });
});

async function prunedUntilKilled(plan: LogPlan, delayMs: number): Promise<void> {
  const script = new URL('../testing/prune-until-killed.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, dataDir, JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve) => {
    child.stdout.on('data', () => setTimeout(() => child.kill('SIGKILL'), delayMs));
    child.on('close', () => resolve());
  });
}

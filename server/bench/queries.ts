import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMessageLog } from '../src/message-log/journaled-message-log.ts';
import type { MessageLog, MessageQuery } from '../src/message-log/message-log.ts';
import { DAYS, FIRST_DAY, fillLog, random, THINGS, thingName, tokenOf } from './log-filler.ts';

const ROWS = 10_000_000;
const TIMES = 40;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** As the REST interface has it. */
const SEARCH_MS = 3_000;

type Question = () => Omit<MessageQuery, 'limit'>;

const someThing = () => ({ thingName: thingName(random(THINGS)) });
const week = { from: FIRST_DAY, to: FIRST_DAY + DAYS * DAY_MS };
const absent = (): string => `${tokenOf(random(1_000))}`.split('').reverse().join('');

function questions(messageIds: readonly string[]): [name: string, goalMs: number, Question][] {
  return [
    ['a thing from an hour on', 50, () => ({ ...someThing(), from: FIRST_DAY + random(DAYS * 24) * HOUR_MS })],
    ['a thing up to an hour', 50, () => ({ ...someThing(), to: FIRST_DAY + (1 + random(DAYS * 24)) * HOUR_MS })],
    ['an action, frequent', 50, () => ({ action: 'Heartbeat' })],
    ['an action, rare', 50, () => ({ action: 'SecurityEventNotification' })],
    ['an action of a thing', 50, () => ({ ...someThing(), action: 'Authorize' })],
    ['a message id', 50, () => ({ messageId: messageIds[random(messageIds.length)] ?? '' })],
    ['text, week of a thing: a token', 500, () => ({ ...someThing(), ...week, q: tokenOf(random(20_000)) })],
    ['text, week of a thing: words', 500, () => ({ ...someThing(), ...week, q: 'leakage 3' })],
    ['text, week of a thing: nowhere', 500, () => ({ ...someThing(), ...week, q: absent() })],
    ['text, week of a thing: two letters', 500, () => ({ ...someThing(), ...week, q: 'zq' })],
    ['text, fleet: a token', 2_000, () => ({ q: tokenOf(random(20_000)) })],
    ['text, fleet: words', 2_000, () => ({ q: 'rcd tripped' })],
    ['text, fleet: everywhere', 2_000, () => ({ q: 'energy.active' })],
    ['text, fleet: nowhere', 2_000, () => ({ q: absent() })],
    ['idToken.idToken equals, fleet', 2_000, () => ({ path: 'idToken.idToken', value: tokenOf(random(20_000)) })],
  ];
}

async function ask(log: MessageLog, question: Question): Promise<{ ms: number; cpuMs: number; isWhole: boolean }> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const { rows, next } = await log.search({ ...question(), limit: 100 }, SEARCH_MS);
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1_000, isWhole: next === null || rows.length === 100 };
}

const at = (values: number[], share: number): number =>
  values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** Searches among ten million rows, or as many as are asked for, on a log of their own, or on the one that an earlier run left in `folder`. */
export async function queries(rows = ROWS, folder?: string): Promise<void> {
  const dataDir = folder ?? mkdtempSync(join(tmpdir(), 'log-bench-'));
  try {
    if (!existsSync(join(dataDir, 'journal'))) fill(dataDir, rows);
    const megabytes = ['journal', 'message-index'].map((name) => (sizeOf(join(dataDir, name)) / 1e6).toFixed(0));
    console.log(`${rows} rows, journal ${megabytes[0]} MB, index ${megabytes[1]} MB`);
    const log = await openMessageLog({ dataDir });
    const messageIds = await someMessageIds(log);
    for (const [name, goalMs, question] of questions(messageIds)) {
      const samples: Awaited<ReturnType<typeof ask>>[] = [];
      for (let n = 0; n < TIMES; n += 1) samples.push(await ask(log, question));
      const of = (key: 'ms' | 'cpuMs', share: number): string =>
        at(
          samples.map((one) => one[key]),
          share,
        ).toFixed(1);
      const cut = samples.filter(({ isWhole }) => !isWhole).length;
      console.log(
        `${name.padEnd(36)} p95 ${of('ms', 0.95).padStart(8)} ms   goal ${String(goalMs).padStart(5)}   ` +
          `p50 ${of('ms', 0.5)} ms, CPU p50 ${of('cpuMs', 0.5)} p95 ${of('cpuMs', 0.95)} ms${cut > 0 ? `, ${cut} of ${TIMES} to be continued` : ''}`,
      );
    }
    await log.close();
  } finally {
    if (folder === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

function fill(dataDir: string, rows: number): void {
  const { indexUs, signatureUs } = fillLog(dataDir, rows);
  console.log(
    `index writer ${(indexUs / rows).toFixed(2)} us of CPU a row, of it signatures ${(signatureUs / rows).toFixed(2)}`,
  );
}

async function someMessageIds(log: MessageLog): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < TIMES; n += 1) ids.push((await log.row(1 + random(log.lastId())))?.messageId ?? '');
  return ids;
}

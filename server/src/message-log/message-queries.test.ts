import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMemoryMessageLog } from '../../test/support/memory-message-log.ts';
import { openMessageLog } from './journaled-message-log.ts';
import type { MessageLog, MessageQuery, NewLogRow } from './message-log.ts';

// Every filter of GET /messages and their combinations, page by page: the real store must find what a plain scan finds.

const HOUR_MS = 3_600_000;
const MIDNIGHT = Date.UTC(2026, 4, 5);
const ROWS = 600;
const things = ['CP1', 'CP2', 'cp1', 'CP_1', 'CP%'];
const actions = ['Heartbeat', 'StatusNotification', 'Reset', "O'Reilly", null];
const kinds = ['call', 'result', 'error', 'send', 'event', 'malformed'] as const;
const codes = ['InternalError', 'FormationViolation', null];
const rules = ['required', 'maxLength', 'ocpp-j'];

let seed = 20_260_504;
/** The same numbers at every run. */
function random(below: number): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}
const pick = <T>(values: readonly T[]): T => values[random(values.length)] as T;

/** Over three days, many of them around a midnight; the clock is set back by seconds now and then. */
function timeOf(n: number): number {
  const hours = n < 200 ? (n - 200) * HOUR_MS * 0.1 : n >= 400 ? (n - 400) * HOUR_MS * 0.1 : 0;
  return MIDNIGHT + hours + (n - 300) * 1_000 - random(60) * 1_000;
}

function someRow(n: number): NewLogRow {
  const broken = random(4) === 0 ? [pick(rules), pick(rules)] : [];
  return {
    thingName: pick(things),
    connectionId: `c${random(3)}`,
    at: timeOf(n),
    direction: pick(['in', 'out']),
    kind: pick(kinds),
    action: pick(actions),
    messageId: random(5) === 0 ? null : `m${random(40)}`,
    frame: `[2,"${n}"]`,
    latencyMs: random(2) === 0 ? null : random(1_000),
    errorCode: pick(codes),
    violations:
      broken.length === 0 ? null : broken.map((rule) => ({ path: '', rule, message: 'x', code: 'FormatViolation' })),
  };
}

/** One of each, or none. A text that no row has is among them. */
const FILTERS: { [Name in keyof MessageQuery]?: () => NonNullable<MessageQuery[Name]> } = {
  thingName: () => pick([...things, 'nobody']),
  thingNames: () => [pick(things), pick([...things, 'nobody'])],
  from: () => timeOf(random(ROWS)),
  to: () => timeOf(random(ROWS)),
  direction: () => pick(['in', 'out'] as const),
  kind: () => pick(kinds),
  action: () => pick(['Heartbeat', 'StatusNotification', "O'Reilly", 'Nothing']),
  messageId: () => `m${random(41)}`,
  errorCode: () => pick(['InternalError', 'FormationViolation', 'Nothing']),
  violation: () => pick([true, false, ...rules, 'nothing']),
};

let dataDir: string;
let real: MessageLog;
const model = createMemoryMessageLog();

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'message-queries-'));
  real = await openMessageLog({ dataDir });
  for (let n = 0; n < ROWS; n += 1) {
    const row = someRow(n);
    expect(real.append(row, null)).toEqual(model.append(row, null));
  }
  await new Promise<void>((resolve, reject) => real.whenDurable((error) => (error ? reject(error) : resolve())));
});
afterAll(async () => {
  await real.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function allPages(log: MessageLog, query: MessageQuery): Promise<number[]> {
  const ids: number[] = [];
  for (;;) {
    const last = ids.at(-1);
    const page = await log.query({ ...query, ...(last === undefined ? {} : { afterId: last }) });
    ids.push(...page.map(({ id }) => id));
    if (page.length < query.limit) return ids;
  }
}

async function agrees(query: MessageQuery): Promise<number> {
  const expected = await allPages(model, query);
  expect([query, await allPages(real, query)]).toEqual([query, expected]);
  return expected.length;
}

it.each(Object.entries(FILTERS))('by %s', async (name, value) => {
  let found = 0;
  for (let n = 0; n < 8; n += 1) {
    for (const order of ['asc', 'desc'] as const) found += await agrees({ [name]: value(), order, limit: 37 });
  }
  expect(found).toBeGreaterThan(0);
});

it('by any of them together, in pages of any size', async () => {
  let found = 0;
  for (let n = 0; n < 300; n += 1) {
    const chosen = Object.entries(FILTERS).filter(() => random(4) === 0);
    const filter = Object.fromEntries(chosen.map(([name, value]) => [name, value()]));
    found += await agrees({ ...filter, order: pick(['asc', 'desc']), limit: 1 + random(100) });
  }
  expect(found).toBeGreaterThan(300);
}, 30_000);

it('newest first unless it is asked otherwise, and each row as it was written', async () => {
  const query = { limit: ROWS };
  expect(await real.query(query)).toEqual(await model.query(query));
});

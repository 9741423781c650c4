import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { matcherOf } from '@cpo-console/shared/message-log/row-filter.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createMemoryMessageLog } from '../../test/support/memory-message-log.ts';
import { maskSecrets } from './mask-secrets.ts';
import type { MessageLog, MessageQuery, NewLogRow } from './message-log.ts';
import { openTestLog } from './testing/open-test-log.ts';

// Every filter of GET /messages and their combinations, page by page: the real store must find what a plain scan finds.

const HOUR_MS = 3_600_000;
const MIDNIGHT = Date.UTC(2026, 4, 5);
const ROWS = 1_200;
/** Each query of a server takes a while. */
const [OF_EACH, COMBINATIONS] = inject('postgres') === undefined ? [8, 300] : [3, 60];
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

const words = ['ABC12345', 'Ground fault', 'é€ÉĞ', 'a\\b"c', '04E1A2B3C4D5E6', '7', '17.5', 'K'];

/** Escaped in ways that JSON allows, now and then. */
function spell(payload: unknown): string {
  const text = JSON.stringify(payload);
  if (random(3) > 0) return text;
  return text.replace(/[A-Za-zé](?=[^"]*"[,}\]])/g, (letter) =>
    random(3) > 0 ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function somePayload(): unknown {
  const evse = { id: random(3), connectorId: random(3) };
  return pick<unknown>([
    { idToken: { idToken: pick(words), type: 'ISO14443' }, evse },
    { transactionId: random(2) === 0 ? random(40) : `t-${random(40)}`, connectorId: random(4) },
    { meterValue: [{ sampledValue: [{ value: pick(words) }, { value: random(50) }] }], evseId: random(3) },
    { info: pick(words).toLowerCase(), empty: {}, none: null, list: [1, [2, 'x']] },
    { key: 'AuthorizationKey', value: pick(words) },
    null,
  ]);
}

function someFrame(n: number): string {
  return pick([
    () => `[2,"m${n}","Heartbeat",${spell(somePayload())}]`,
    () => `[3,"m${n}",${spell(somePayload())}]`,
    () => `[4,"m${n}","GenericError","${pick(words).replace(/["\\]/g, '')}",${spell(somePayload())}]`,
    () => spell(somePayload()),
    () => `not a frame ${pick(words)} ${'x'.repeat(random(3_000))}`,
  ])();
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
    frame: someFrame(n),
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
  exchangeDirection: () => pick(['in', 'out'] as const),
  kind: () => pick(kinds),
  action: () => pick(['Heartbeat', 'StatusNotification', "O'Reilly", 'Nothing']),
  messageId: () => `m${random(41)}`,
  errorCode: () => pick(['InternalError', 'FormationViolation', 'Nothing']),
  violation: () => pick([true, false, ...rules, 'nothing']),
  latencyOver: () => random(1_000),
  q: () =>
    pick([
      'abc123',
      'ground',
      'éÉ',
      'a\\b',
      '4e1a2',
      '7',
      '7.5',
      'k',
      'm11',
      'not a frame k',
      'nowhere',
      '"value":"17.5"',
    ]),
  path: () => pick(['idToken.idToken', 'evse.id', 'meterValue[0].sampledValue.value', 'list[1]', 'none', 'no.where']),
  transactionId: () => pick([`${random(41)}`, `t-${random(41)}`, `T-${random(41)}`]),
  connectorId: () => random(5),
  evseId: () => random(4),
};

let dataDir: string;
let real: MessageLog;
const model = createMemoryMessageLog();

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'message-queries-'));
  real = await openTestLog(dataDir);
  for (let n = 0; n < ROWS; n += 1) {
    // Without its secrets.
    const { id, ...logged } = real.append(someRow(n), null);
    expect(model.append(logged, null).id).toBe(id);
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

const CONTENT = ['q', 'path', 'value', 'transactionId', 'connectorId', 'evseId'] as const;

/** What only an answer has together with what may be in its CALL. */
const isOfExchange = (query: MessageQuery): boolean =>
  (query.latencyOver !== undefined || query.errorCode !== undefined) &&
  CONTENT.some((name) => query[name] !== undefined);

async function agreesOnExchange(query: MessageQuery): Promise<number> {
  const rest = Object.fromEntries(Object.entries(query).filter(([name]) => !CONTENT.some((each) => each === name)));
  const rows = await model.query({ ...rest, limit: ROWS });
  const { relations, partners } = await real.relations(rows);
  const known = new Map([...rows, ...partners].map((row) => [row.id, row]));
  const partnerOf = new Map(relations.map(({ id, partnerId }) => [id, known.get(partnerId ?? 0)]));
  const matches = matcherOf(Object.fromEntries(CONTENT.map((name) => [name, query[name]])));
  const isHit = (row: LogRow | undefined): boolean =>
    row !== undefined && matches(row) && matches({ ...row, frame: maskSecrets(row.frame).frame });
  const expected = rows.filter((row) => isHit(row) || isHit(partnerOf.get(row.id))).map(({ id }) => id);
  expect([query, await allPages(real, query)]).toEqual([query, expected]);
  return expected.length;
}

it.each(Object.entries(FILTERS))('by %s', async (name, value) => {
  let found = 0;
  for (let n = 0; n < OF_EACH; n += 1) {
    for (const order of ['asc', 'desc'] as const) found += await agrees({ [name]: value(), order, limit: 37 });
  }
  expect(found).toBeGreaterThan(0);
});

it('by what only an answer has together with what is in its CALL', async () => {
  let inCalls = 0;
  for (let n = 0; n < 30; n += 1) {
    const late = pick([{ latencyOver: random(500) }, { errorCode: 'InternalError' }]);
    const content = pick([{ q: 'ground' }, { connectorId: random(5) }, { path: 'evse.id' }]);
    const query = { ...late, ...content, order: pick(['asc', 'desc'] as const), limit: 1 + random(50) };
    inCalls += (await agreesOnExchange(query)) - (await allPages(model, query)).length;
  }
  expect(inCalls).toBeGreaterThan(10);
});

it('by what a member of the payload is', async () => {
  let found = 0;
  for (const value of [...words, 'abc12345', '12', '0', 'null', 'nothing']) {
    for (const path of ['idToken.idToken', 'evse.id', 'meterValue.sampledValue.value', 'none', 'info'])
      found += await agrees({ path, value, limit: 50 });
  }
  expect(found).toBeGreaterThan(100);
});

it('by having no answer', async () => {
  let found = 0;
  for (let n = 0; n < 20; n += 1) {
    const unansweredBefore = timeOf(random(ROWS));
    const expected: number[] = [];
    for (const row of await model.query({ limit: ROWS, kind: 'call', to: unansweredBefore })) {
      const { relations } = await real.relations([row]);
      if (!relations.some(({ id, partnerId }) => id === row.id && partnerId !== null)) expected.push(row.id);
    }
    expect(await allPages(real, { unansweredBefore, limit: 40 })).toEqual(expected);
    found += expected.length;
  }
  expect(found).toBeGreaterThan(100);
}, 30_000);

it('and are counted by time as they are found', async () => {
  const range = { from: timeOf(0), to: timeOf(ROWS) };
  for (const filter of [{}, { q: 'ground' }, { connectorId: 2, kind: 'call' as const }, { thingName: 'CP1' }]) {
    const { counts, troubled, cutAt } = await real.histogram({ ...range, ...filter, parts: 24 });
    const expected = await model.histogram({ ...range, ...filter, parts: 24 });
    expect([filter, counts.slice(0, 24), cutAt]).toEqual([filter, expected.counts, null]);
    expect(troubled.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(0);
  }
});

it('a search that may take no time goes on where it stopped', async () => {
  const found: number[] = [];
  let after = {};
  for (;;) {
    const { rows, next } = await real.search({ q: 'ground', limit: 5, ...after }, 0);
    found.push(...rows.map(({ id }) => id));
    if (next === null) break;
    after = { afterId: next.afterId };
  }
  expect(found).toEqual(await allPages(model, { q: 'ground', limit: 50 }));
});

it('by any of them together, in pages of any size', async () => {
  let found = 0;
  for (let n = 0; n < COMBINATIONS; n += 1) {
    const chosen = Object.entries(FILTERS).filter(() => random(6) === 0);
    const filter = Object.fromEntries(chosen.map(([name, value]) => [name, value()]));
    const query: MessageQuery = { ...filter, order: pick(['asc', 'desc']), limit: 1 + random(100) };
    found += await (isOfExchange(query) ? agreesOnExchange(query) : agrees(query));
  }
  expect(found).toBeGreaterThan(COMBINATIONS);
}, 60_000);

it('newest first unless it is asked otherwise, and each row as it was written', async () => {
  const query = { limit: ROWS };
  expect(await real.query(query)).toEqual(await model.query(query));
});

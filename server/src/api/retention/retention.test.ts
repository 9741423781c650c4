import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Pin, Retention, RetentionKind, RetentionRun } from '@cpo-console/shared/api/retention.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiTestApp, startApi, TEST_NOW } from '../../../test/support/api-app.ts';
import { newRecord } from '../../charge-points/transactions/transaction-record.ts';

const DAY_MS = 86_400_000;
let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const daysAgo = (days: number): string => new Date(TEST_NOW - days * DAY_MS).toISOString();
const read = async (): Promise<Retention> => (await api.call('GET', '/api/v1/retention')).json();
const item = async (kind: RetentionKind) => (await read()).items.find((each) => each.kind === kind);
const run = async (): Promise<RetentionRun> => (await api.call('POST', '/api/v1/retention/run')).json();

describe('retention', () => {
  it('has for each kind how long it is kept, how much there is and since when', async () => {
    api.log.add({ thingName: 'CP1', at: TEST_NOW - DAY_MS });
    await api.records.securityEvents.add({
      thingName: 'CP1',
      type: 'StartupOfTheDevice',
      techInfo: null,
      at: TEST_NOW,
    });
    const { items, nextRunAt, lastRun, databaseBytes } = await read();
    expect(databaseBytes).toBeGreaterThan(0);
    expect(items.map(({ kind, days, rows }) => [kind, days, rows])).toEqual([
      ['messages', 90, 1],
      ['sessions', null, 0],
      ['commands', 365, 0],
      ['bulk-commands', 365, 0],
      ['jobs', 365, 0],
      ['security-events', 365, 1],
      ['log-files', 90, 0],
      ['imports', 90, 0],
    ]);
    expect(items[0]).toMatchObject({ oldestAt: daysAgo(1), changedAt: null });
    expect(Date.parse(nextRunAt)).toBeGreaterThan(TEST_NOW);
    expect(lastRun).toBeNull();
  });

  it('is changed for one kind or several, by whom is kept', async () => {
    const answer = await api.call('PATCH', '/api/v1/retention', { messages: 30, sessions: 3_650, imports: null });
    expect(answer.statusCode).toBe(200);
    expect(await item('messages')).toMatchObject({ days: 30, changedBy: 'ada', changedAt: daysAgo(0) });
    expect(await item('sessions')).toMatchObject({ days: 3_650 });
    expect(await item('imports')).toMatchObject({ days: null });
    for (const wrong of [{ messages: 0 }, { messages: 1.5 }, { everything: 1 }, {}]) {
      expect((await api.call('PATCH', '/api/v1/retention', wrong)).statusCode).toBe(400);
    }
  });

  it('removes what is too old of each kind, and leaves the rest', async () => {
    await addLogFile('old.log', 'CP1');
    await addSession('s1', { active: false });
    await addSession('s2', { active: true });
    await api.call('PATCH', '/api/v1/retention', { 'log-files': 1, sessions: 1 });
    expect((await run()).removed).toMatchObject({ 'log-files': 0, sessions: 0 });
    api.clock.at = TEST_NOW + 2 * DAY_MS;
    const { removed, trouble } = await run();
    expect(trouble).toBeNull();
    expect(removed).toEqual({
      messages: 0,
      sessions: 1,
      commands: 0,
      'bulk-commands': 0,
      jobs: 0,
      'security-events': 0,
      'log-files': 1,
      imports: 0,
    });
    expect(await api.records.transactions.find('CP1', 's1')).toBeUndefined();
    expect(await api.records.transactions.find('CP1', 's2')).toBeDefined();
    expect((await read()).lastRun).toMatchObject({ removed });
  });
});

describe('a pin', () => {
  it('keeps what happened at a charge point in a range, until it is unpinned', async () => {
    await addSession('s1', { active: false });
    await addLogFile('of the case.log', 'CP1');
    await addLogFile('of another.log', 'CP2');
    const range = { from: daysAgo(1), to: new Date(TEST_NOW + 1_000).toISOString() };
    const pinned = await api.call('POST', '/api/v1/pins', { thingName: 'CP1', ...range, reason: ' Case 4711 ' });
    expect(pinned.statusCode).toBe(201);
    const pin = pinned.json<Pin>();
    expect(pin).toMatchObject({
      thingName: 'CP1',
      ...range,
      reason: 'Case 4711',
      pinnedBy: 'ada',
      transactionId: null,
    });
    expect((await api.call('GET', '/api/v1/pins')).json().items).toEqual([pin]);
    expect((await api.call('GET', '/api/v1/pins?thingName=CP2')).json().items).toEqual([]);

    await api.call('PATCH', '/api/v1/retention', { 'log-files': 1, sessions: 1 });
    api.clock.at = TEST_NOW + 2 * DAY_MS;
    expect((await run()).removed).toMatchObject({ sessions: 0, 'log-files': 1 });
    expect((await api.call('DELETE', `/api/v1/pins/${pin.id}`)).statusCode).toBe(204);
    while ((await read()).running) await setImmediate();
    expect(await item('sessions')).toMatchObject({ rows: 0 });
    expect(await item('log-files')).toMatchObject({ rows: 0, bytes: 0 });
    expect((await api.call('DELETE', `/api/v1/pins/${pin.id}`)).statusCode).toBe(404);
  });

  it('of a session covers it and the minutes around it', async () => {
    const id = await addSession('s1', { active: false });
    const pin = (await api.call('POST', '/api/v1/pins', { transactionId: id, reason: 'disputed' })).json<Pin>();
    expect(pin).toMatchObject({ thingName: 'CP1', transactionId: id });
    expect(Date.parse(pin.from)).toBe(TEST_NOW - 10 * 60_000);
    expect(Date.parse(pin.to)).toBe(TEST_NOW + 10 * 60_000);
  });

  it.each([
    [{ thingName: 'CP1', from: daysAgo(0), to: daysAgo(1), reason: 'x' }, 400],
    [{ thingName: 'CP1', from: daysAgo(1), to: daysAgo(0) }, 400],
    [{ thingName: 'CP1', from: daysAgo(1), to: daysAgo(0), reason: ' ' }, 400],
    [{ transactionId: 'nobody', reason: 'x' }, 404],
  ])('is refused: %j', async (body, status) => {
    expect((await api.call('POST', '/api/v1/pins', body)).statusCode).toBe(status);
  });
});

async function addLogFile(fileName: string, thingName: string): Promise<void> {
  const added = await api.records.logFiles.add(Readable.from(['content']), { thingName, jobId: null, fileName });
  expect(added.kind).toBe('stored');
}

async function addSession(transactionId: string, { active }: { active: boolean }): Promise<string> {
  const id = api.records.transactions.newId();
  await api.records.transactions.save({
    ...newRecord({ id, thingName: 'CP1', transactionId, protocol: 'ocpp1.6', startedAt: TEST_NOW }),
    stoppedAt: active ? null : TEST_NOW,
    active,
  });
  return id;
}

import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ApiTestApp, startApi, TEST_NOW } from '../../../test/support/api-app.ts';
import { eventually } from '../../../test/support/eventually.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

it('nobody looks on for whoever went away', async () => {
  const address = await api.app.listen({ port: 0, host: '127.0.0.1' });
  const rows = Array.from({ length: 500 }, () =>
    api.log.add({ kind: 'call', action: 'Heartbeat', frame: '[2,"h","Heartbeat",{}]', thingName: 'CP1', at: TEST_NOW }),
  );
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<typeof rows>();
  let queries = 0;
  api.log.query = () => {
    queries += 1;
    asked.resolve();
    return answered.promise;
  };
  const connected = once(api.app.server, 'connection') as Promise<[Socket]>;
  const leave = new AbortController();
  const url = `${address}/api/v1/findings?thingName=CP1&from=2026-05-04T09:00:00Z&to=2026-05-04T11:00:00Z`;
  const request = fetch(url, { signal: leave.signal });
  const [[socket]] = await Promise.all([connected, asked.promise]);
  const closed = once(socket, 'close');
  leave.abort();
  await expect(request).rejects.toThrow();
  await closed;
  await setImmediate();
  answered.resolve(rows);
  await setImmediate();
  expect(queries).toBe(1);
});

it('findings name their messages, of one charge point and within the range', async () => {
  const reset = {
    kind: 'call',
    direction: 'out',
    action: 'Reset',
    frame: '[2,"r","Reset",{}]',
    messageId: 'r',
  } as const;
  const { id } = api.log.add({ ...reset, thingName: 'CP1', at: TEST_NOW - 60_000 });
  api.log.add({ ...reset, thingName: 'CP2', at: TEST_NOW - 60_000 });
  const of = (from: string) =>
    api
      .call('GET', `/api/v1/findings?thingName=CP1&from=${from}&to=2026-05-04T11:00:00Z`)
      .then((answer) => answer.json());
  expect(await of('2026-05-04T09:00:00Z')).toEqual({
    items: [
      {
        rule: 'unanswered-command',
        severity: 'bad',
        from: '2026-05-04T09:59:00.000Z',
        to: '2026-05-04T09:59:00.000Z',
        count: 1,
        subject: 'Reset',
        messageIds: [String(id)],
      },
    ],
    cutAt: null,
  });
  expect((await of('2026-05-04T09:59:30Z')).items).toEqual([]);
});

const SEARCHES = '/api/v1/findings/searches';
const RANGE = { from: '2026-05-04T09:00:00Z', to: '2026-05-04T11:00:00Z' };

it('all charge points are looked at in the background: the worst comes first, with the messages of its newest finding', async () => {
  const boots = (thingName: string, count: number) =>
    Array.from({ length: count }, (_, n) =>
      api.log.add({
        thingName,
        kind: 'call',
        direction: 'in',
        action: 'BootNotification',
        messageId: `b${n}`,
        frame: `[2,"b${n}","BootNotification",{}]`,
        at: TEST_NOW - 600_000 + n * 1_000,
      }),
    );
  boots('CALM', 2);
  const looping = boots('LOOPING', 3);
  const reset = {
    kind: 'call',
    direction: 'out',
    action: 'Reset',
    frame: '[2,"r","Reset",{}]',
    messageId: 'r',
  } as const;
  api.log.add({ ...reset, thingName: 'DEAF', at: TEST_NOW - 60_000 });
  api.log.add({ ...reset, thingName: 'DEAF', messageId: 'r2', at: TEST_NOW - 50_000 });
  const started = await api.call('POST', SEARCHES, RANGE);
  expect(started.statusCode).toBe(201);
  const { id } = started.json();
  await eventually(async () => expect((await api.call('GET', `${SEARCHES}/${id}`)).json().status).toBe('done'));
  expect((await api.call('GET', `${SEARCHES}/${id}`)).json()).toMatchObject({
    rows: 7,
    total: 7,
    cutAt: null,
    thingCount: 2,
    things: [
      { thingName: 'DEAF', bad: 2, warn: 0, rules: [{ rule: 'unanswered-command', findings: 2 }] },
      {
        thingName: 'LOOPING',
        bad: 1,
        rules: [{ rule: 'boot-loop', severity: 'bad', findings: 1, messageIds: looping.map((row) => String(row.id)) }],
      },
    ],
  });
});

it('a search can be ended, is not begun without a range, and only a few run at once', async () => {
  expect((await api.call('POST', SEARCHES, { from: RANGE.to, to: RANGE.from })).statusCode).toBe(400);
  expect((await api.call('POST', SEARCHES, { ...RANGE, import: 'nothing' })).statusCode).toBe(404);
  expect((await api.call('GET', `${SEARCHES}/nothing`)).statusCode).toBe(404);
  expect((await api.call('DELETE', `${SEARCHES}/nothing`)).statusCode).toBe(404);
  const { query } = api.log;
  api.log.query = () => new Promise(() => {});
  const [first] = await Promise.all([1, 2].map(() => api.call('POST', SEARCHES, RANGE)));
  expect((await api.call('POST', SEARCHES, RANGE)).statusCode).toBe(409);
  expect((await api.call('DELETE', `${SEARCHES}/${first?.json().id}`)).statusCode).toBe(204);
  api.log.query = query;
  expect((await api.call('POST', SEARCHES, RANGE)).statusCode).toBe(201);
});

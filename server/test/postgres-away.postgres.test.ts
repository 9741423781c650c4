import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Transaction } from '@cpo-console/shared/api/transactions.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../src/database/testing/postgres.ts';
import { eventually } from './support/eventually.ts';
import { connectRaw, type RawCharger } from './support/raw-charge-point.ts';
import { type RunningServer, startServer } from './support/start-server.ts';

let postgres: Postgres;
let server: RunningServer;
let charger: RawCharger;

beforeAll(async () => {
  postgres = await startPostgres();
  server = await startServer({ DATABASE_URL: postgres.url() });
  await server.api('POST', '/things', { thingName: 'CP1' });
  charger = await connectRaw(server.port, 'CP1', 'ocpp1.6');
}, 60_000);
afterAll(async () => {
  await server.stop();
  await postgres.dispose();
}, 30_000);

const frames = async (): Promise<string[]> => {
  const { items } = await server.api<Page<Message>>('GET', '/messages?thingName=CP1&order=asc&limit=100');
  return items.map(({ frame }) => frame);
};
const asked: string[] = [];
async function ask(messageId: string, action: string, payload: object): Promise<unknown[]> {
  const frame = JSON.stringify([2, messageId, action, payload]);
  const answer = await charger.ask(frame);
  asked.push(frame, JSON.stringify(answer));
  return answer;
}

it('while PostgreSQL is away charge points stay, nothing is acknowledged that is not stored, and staff are told why', async () => {
  const boot = { chargePointVendor: 'V', chargePointModel: 'M' };
  expect(await ask('b', 'BootNotification', boot)).toMatchObject([3, 'b', { status: 'Accepted' }]);
  const start = { connectorId: 1, idTag: 'A', meterStart: 10, timestamp: '2026-05-04T11:00:00Z' };
  const started = await ask('s', 'StartTransaction', start);
  const { transactionId } = started[2] as { transactionId: number };
  const stop = { transactionId, meterStop: 60, timestamp: '2026-05-04T12:00:00Z' };

  await postgres.signal('SIGQUIT');
  expect(await ask('h1', 'Heartbeat', {})).toMatchObject([3, 'h1', {}]);
  expect((await ask('x', 'StopTransaction', stop)).slice(0, 3)).toEqual([4, 'x', 'InternalError']);
  expect(await ask('h2', 'Heartbeat', {})).toMatchObject([3, 'h2', {}]);

  const words = /PostgreSQL at 127\.0\.0\.1:\d+ refuses connections: is it running there\?/;
  await eventually(async () => {
    const health = await server.api<{ ok: boolean; database: object; log: object }>('GET', '/health');
    const trouble = { ok: false, trouble: expect.stringMatching(words) };
    expect(health).toMatchObject({ ok: false, database: trouble, log: trouble });
  });
  const command = {
    body: JSON.stringify({ action: 'ClearCache', payload: {} }),
    headers: { 'content-type': 'application/json' },
  };
  const refused = [
    await server.request('GET', '/messages'),
    await server.request('GET', '/transactions'),
    await server.request('POST', '/things/CP1/commands', command),
  ];
  for (const response of refused) {
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('30');
    expect(await response.json()).toMatchObject({ detail: expect.stringMatching(words) });
  }
  const stranger = await fetch(`http://127.0.0.1:${server.port}/api/v1/session`, { headers: { cookie: 'session=x' } });
  expect([stranger.status, await stranger.json()]).toMatchObject([
    503,
    { detail: "The database can't be used just now." },
  ]);
  expect(charger.received.filter((frame) => frame[2] === 'ClearCache')).toEqual([]);
  expect(charger.isEnded()).toBe(false);

  await postgres.start();
  await eventually(async () => expect(await server.api('GET', '/health')).toMatchObject({ ok: true }));
  expect(await ask('x', 'StopTransaction', stop)).toMatchObject([3, 'x', {}]);
  const [session] = (await server.api<Page<Transaction>>('GET', '/transactions?thingName=CP1')).items;
  expect(session).toMatchObject({ transactionId: String(transactionId), active: false, energyWh: 50 });
  expect((await frames()).slice(1)).toEqual(asked);
});

it('after a restart all of it is there', async () => {
  await server.killAndStart();
  expect((await frames()).slice(1, -1)).toEqual(asked);
  const [session] = (await server.api<Page<Transaction>>('GET', '/transactions?thingName=CP1')).items;
  expect(session).toMatchObject({ active: false, energyWh: 50 });
});

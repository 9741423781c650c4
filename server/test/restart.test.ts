import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { RegisteredThing, Thing } from '@cpo-console/shared/api/things.ts';
import type { MeterValue, Transaction } from '@cpo-console/shared/api/transactions.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { eventually, until } from './support/eventually.ts';
import { connectRaw, type RawCharger } from './support/raw-charge-point.ts';
import { type RunningServer, startServer } from './support/start-server.ts';

const START = '{"connectorId":1,"idTag":"A","meterStart":10,"timestamp":"2026-05-04T11:00:00Z"}';
let server: RunningServer;
let charger: RawCharger;

beforeAll(async () => {
  server = await startServer();
  await server.api('POST', '/things', { thingName: 'CP1' });
  charger = await connectRaw(server.port, 'CP1', 'ocpp1.6');
}, 30_000);
afterAll(() => server.stop(), 15_000);

it('after kill -9 all that was answered is there, and what was open is over', async () => {
  const started = await charger.ask(`[2,"start","StartTransaction",${START}]`);
  const { transactionId } = started[2] as { transactionId: number };
  const sending = server.api('POST', '/things/CP1/commands', { action: 'ClearCache', payload: {} });
  const cut = expect(sending).rejects.toThrow();
  await until(() => charger.received.some((frame) => frame[2] === 'ClearCache'));
  await server.killAndStart();
  await cut;

  const commands = await server.api<Page<Command>>('GET', '/things/CP1/commands');
  expect(commands.items).toMatchObject([{ action: 'ClearCache', status: 'timeout', answeredAt: null }]);
  const transactions = await server.api<Page<Transaction>>('GET', '/transactions?thingName=CP1');
  expect(transactions.items).toMatchObject([{ transactionId: String(transactionId), active: true, meterStart: 10 }]);
  const messages = await server.api<Page<Message>>('GET', '/messages?thingName=CP1&order=asc');
  expect(messages.items.map(({ action, kind }) => `${action} ${kind}`)).toEqual([
    'connected event',
    'StartTransaction call',
    'StartTransaction result',
    'ClearCache call',
    'disconnected event',
  ]);
  expect(messages.items[2]?.frame).toBe(JSON.stringify(started));
  expect(JSON.parse(messages.items[4]?.frame ?? '')).toEqual({ code: 1006, reason: 'The server was restarted' });
  expect(await server.api<Thing>('GET', '/things/CP1')).toMatchObject({ connected: false, protocol: 'ocpp1.6' });
}, 30_000);

const reading = (wh: number) => [
  { timestamp: '2026-05-04T11:30:00Z', sampledValue: [{ value: wh, context: 'Sample.Periodic' }] },
];
const event = (eventType: string, seqNo: number, wh: number): string =>
  `[2,"e${seqNo}","TransactionEvent",${JSON.stringify({
    eventType,
    seqNo,
    timestamp: `2026-05-04T11:0${seqNo}:00Z`,
    triggerReason: 'MeterValuePeriodic',
    transactionInfo: { transactionId: 'T1', chargingState: seqNo === 0 ? 'EVConnected' : 'Charging' },
    evse: { id: 1, connectorId: 1 },
    meterValue: reading(wh),
  })}]`;

it('after kill -9 running sessions stand where their charge points were last answered', async () => {
  charger = await connectRaw(server.port, 'CP1', 'ocpp1.6');
  await server.api('POST', '/things', { thingName: 'CP2' });
  const newer = await connectRaw(server.port, 'CP2', 'ocpp2.0.1');
  for (const text of [event('Started', 0, 100), event('Updated', 1, 150), event('Updated', 2, 175)]) {
    expect((await newer.ask(text))[0]).toBe(3);
  }
  const told = { connectorId: 1, meterValue: [{ timestamp: '2026-05-04T11:30:00Z', sampledValue: [{ value: '35' }] }] };
  expect((await charger.ask(`[2,"meter","MeterValues",${JSON.stringify(told)}]`))[0]).toBe(3);
  await server.killAndStart();

  const [older] = (await server.api<Page<Transaction>>('GET', '/transactions?thingName=CP1')).items;
  expect(older).toMatchObject({ active: true, energyWh: 25 });
  const [session] = (await server.api<Page<Transaction>>('GET', '/transactions?thingName=CP2')).items;
  expect(session).toMatchObject({ active: true, energyWh: 75, chargingState: 'Charging', missingEvents: [] });
  const again = await connectRaw(server.port, 'CP2', 'ocpp2.0.1');
  await again.ask(event('Updated', 3, 180));
  expect(await server.api<Transaction>('GET', `/transactions/${session?.id}`)).toMatchObject({ energyWh: 80 });
  const values = await server.api<Page<MeterValue>>('GET', `/transactions/${session?.id}/meter-values`);
  expect(values.items.map(({ samples }) => samples[0]?.value)).toEqual([100, 150, 175, 180]);
}, 30_000);

it('a charge point that comes back goes on without a new boot', async () => {
  charger = await connectRaw(server.port, 'CP1', 'ocpp1.6');
  const [transaction] = (await server.api<Page<Transaction>>('GET', '/transactions?thingName=CP1')).items;
  const stop = { transactionId: Number(transaction?.transactionId), meterStop: 60, timestamp: '2026-05-04T12:00:00Z' };
  expect((await charger.ask(`[2,"stop","StopTransaction",${JSON.stringify(stop)}]`))[0]).toBe(3);
  expect(await server.api<Transaction>('GET', `/transactions/${transaction?.id}`)).toMatchObject({
    active: false,
    energyWh: 50,
  });
});

/** The handshake's status with a password: 101 opens a connection, which is closed again. */
function knock(thingName: string, password: string): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ocpp/${thingName}`, ['ocpp1.6'], {
    auth: `${thingName}:${password}`,
  });
  return new Promise((resolve) => {
    socket.on('open', () => socket.close());
    socket.on('close', () => resolve(101));
    socket.on('unexpected-response', (_request, response) => {
      socket.removeAllListeners('close');
      socket.on('error', () => undefined);
      socket.terminate();
      resolve(response.statusCode ?? 0);
    });
  });
}

it('after kill -9 in the middle of a change of its password a charge point gets in with what it has', async () => {
  const made = await server.api<RegisteredThing>('POST', '/things', { thingName: 'CP3', auth: { type: 'basic' } });
  const before = made.credentials.password ?? '';
  const after = 'a new password';
  const basic = Buffer.from(`CP3:${before}`).toString('base64');
  const told = new WebSocket(`ws://127.0.0.1:${server.port}/ocpp/CP3`, ['ocpp1.6'], {
    headers: { authorization: `Basic ${basic}` },
  });
  told.on('error', () => undefined);
  const heard: string[] = [];
  told.on('message', (data) => heard.push(String(data)));
  await until(() => told.readyState === WebSocket.OPEN);
  const payload = { key: 'AuthorizationKey', value: after };
  const sending = server.api('POST', '/things/CP3/commands', { action: 'ChangeConfiguration', payload });
  const cut = expect(sending).rejects.toThrow();
  await until(() => heard.some((text) => text.includes('ChangeConfiguration')));
  await server.killAndStart();
  await cut;

  const offeredAt = async () => (await server.api<Thing>('GET', '/things/CP3')).auth.passwordOfferedAt;
  expect(await knock('CP3', 'another password')).toBe(401);
  expect(await knock('CP3', before)).toBe(101);
  expect(await offeredAt()).not.toBeNull();
  expect(await knock('CP3', after)).toBe(101);
  await eventually(async () => expect(await offeredAt()).toBeNull());
  expect(await knock('CP3', before)).toBe(401);
  await server.killAndStart();
  expect(await knock('CP3', after)).toBe(101);
}, 30_000);

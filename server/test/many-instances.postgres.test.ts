import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { Transaction } from '@cpo-console/shared/api/transactions.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasMosquitto } from '../src/bus/testing/mosquitto.ts';
import { eventually } from './support/eventually.ts';
import { connectRaw } from './support/raw-charge-point.ts';
import { type Cluster, startCluster } from './support/start-cluster.ts';
import type { RunningServer } from './support/start-server.ts';

const BOOT = '[2,"boot","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]';

const BOOT_2 = '[2,"boot","BootNotification",{"reason":"PowerUp","chargingStation":{"vendorName":"V","model":"M"}}]';

/** A session's TransactionEvent, with what its meter shows. */
const event = (eventType: string, seqNo: number, wh: number): string =>
  JSON.stringify([
    2,
    `${eventType}${seqNo}`,
    'TransactionEvent',
    {
      eventType,
      timestamp: new Date().toISOString(),
      triggerReason: 'MeterValuePeriodic',
      seqNo,
      transactionInfo: { transactionId: 'T1' },
      evse: { id: 1, connectorId: 1 },
      meterValue: [{ timestamp: new Date().toISOString(), sampledValue: [{ value: wh }] }],
    },
  ]);

describe.runIf(hasMosquitto)('two instances on one broker and one database', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 90_000);
  afterAll(() => cluster.stop(), 30_000);

  const overall = async (at: RunningServer, thingName: string): Promise<string> =>
    (await at.api<Thing>('GET', `/things/${thingName}`)).overall;
  const framesAt = async (at: RunningServer, thingName: string): Promise<string[]> => {
    const { items } = await at.api<Page<Message>>('GET', `/messages?thingName=${thingName}&order=asc&limit=100`);
    return items.map(({ frame }) => frame);
  };

  it('a charge point that hangs on A is registered, seen live, and commanded from B', async () => {
    const { a, b } = cluster;
    await b.api('POST', '/things', { thingName: 'CP1' });
    await eventually(async () => expect(await overall(a, 'CP1')).toBe('never-seen'));
    const charger = await connectRaw(a.port, 'CP1', 'ocpp1.6');
    const live = await b.request('GET', '/stream?thingName=CP1&events=message');
    const lines = follow(live);
    expect(await charger.ask(BOOT)).toMatchObject([3, 'boot', { status: 'Accepted' }]);
    await eventually(() => expect(lines.text()).toContain('BootNotification'));
    await eventually(async () => expect(await overall(b, 'CP1')).toBe('connected'));

    const command = b.api<Command>('POST', '/things/CP1/commands', { action: 'ClearCache', payload: {} });
    const call = await eventually(() => charger.received.find((frame) => frame[2] === 'ClearCache') ?? fail('No CALL'));
    charger.send(JSON.stringify([3, call[1], { status: 'Accepted' }]));
    expect(await command).toMatchObject({ status: 'answered', response: { status: 'Accepted' } });
    await eventually(async () => expect(await framesAt(b, 'CP1')).toEqual(await framesAt(a, 'CP1')));
    expect(await framesAt(b, 'CP1')).toHaveLength(5);
    await lines.stop();
    charger.tcp.destroy();
  });

  it('a charge point that goes from A to B takes its session and what is queued along', async () => {
    const { a, b } = cluster;
    await a.api('POST', '/things', { thingName: 'CP2' });
    await eventually(async () => expect(await overall(b, 'CP2')).toBe('never-seen'));
    const atA = await connectRaw(a.port, 'CP2', 'ocpp2.0.1');
    await atA.ask(event('Started', 0, 1_000));
    await atA.ask(event('Updated', 1, 2_000));

    const atB = await connectRaw(b.port, 'CP2', 'ocpp2.0.1');
    await eventually(() => expect(atA.isEnded()).toBe(true));
    expect(await atB.ask(event('Updated', 2, 3_000))).toEqual([3, 'Updated2', {}]);
    expect(await atB.ask(event('Ended', 3, 4_500))).toEqual([3, 'Ended3', {}]);
    const [session] = await eventually(async () => {
      const { items } = await a.api<Page<Transaction>>('GET', '/transactions?thingName=CP2');
      expect(items).toMatchObject([{ active: false }]);
      return items;
    });
    expect(session).toMatchObject({ energyWh: 3_500, missingEvents: [] });
    // Between the two connections it was never away.
    const events = await a.api<Page<Message>>('GET', '/messages?thingName=CP2&kind=event&order=asc');
    expect(events.items.map(({ action }) => action)).toEqual(['connected', 'connected', 'disconnected']);
    expect(await overall(a, 'CP2')).toBe('connected');
    atB.tcp.destroy();

    await eventually(async () => expect(await overall(a, 'CP2')).toBe('offline'));
    const queued = { action: 'ClearCache', payload: {}, queueSeconds: 600 };
    expect(await a.api<Command>('POST', '/things/CP2/commands', queued)).toMatchObject({ status: 'queued' });
    const again = await connectRaw(b.port, 'CP2', 'ocpp2.0.1');
    again.send(BOOT_2);
    const call = await eventually(() => again.received.find((frame) => frame[2] === 'ClearCache') ?? fail('No CALL'));
    again.send(JSON.stringify([3, call[1], { status: 'Accepted' }]));
    await eventually(async () => {
      const { items } = await a.api<Page<Command>>('GET', '/things/CP2/commands');
      expect(items).toMatchObject([{ status: 'answered' }]);
    });
    expect(again.received.filter((frame) => frame[2] === 'ClearCache')).toHaveLength(1);
    again.tcp.destroy();
  });

  it('a session that goes on at A is seen live at B, and closed by hand there', async () => {
    const { a, b } = cluster;
    await a.api('POST', '/things', { thingName: 'CP3' });
    const charger = await connectRaw(a.port, 'CP3', 'ocpp2.0.1');
    const lines = follow(await b.request('GET', '/stream?thingName=CP3&events=transaction'));
    await eventually(() => expect(lines.text()).toContain('ready'));
    await charger.ask(event('Started', 0, 1_000));
    await eventually(() => expect(lines.text()).toContain('event: transaction'));
    const { items } = await b.api<Page<Transaction>>('GET', '/transactions?thingName=CP3');
    const id = items[0]?.id ?? fail('No session');
    expect(await b.api('POST', `/transactions/${id}/close`)).toMatchObject({ active: false });
    await charger.ask(event('Updated', 1, 2_000));
    expect(await a.api('GET', `/transactions/${id}`)).toMatchObject({ active: false });
    await lines.stop();
    charger.tcp.destroy();
  });

  it('a process without the console holds charge points that are seen and commanded elsewhere', async () => {
    const { b } = cluster;
    const gateway = await cluster.join({ ROLES: 'gateway,csms' });
    const page = await fetch(`http://127.0.0.1:${gateway.port}/`);
    expect(page.status).toBe(404);
    expect((await gateway.request('GET', '/things')).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${gateway.port}/readyz`)).status).toBe(200);
    await b.api('POST', '/things', { thingName: 'CP4' });
    const charger = await eventually(() => connectRaw(gateway.port, 'CP4', 'ocpp1.6'));
    await eventually(async () => expect(await overall(b, 'CP4')).toBe('connected'));
    const command = b.api<Command>('POST', '/things/CP4/commands', { action: 'ClearCache', payload: {} });
    const call = await eventually(() => charger.received.find((frame) => frame[2] === 'ClearCache') ?? fail('No CALL'));
    charger.send(JSON.stringify([3, call[1], { status: 'Rejected' }]));
    expect(await command).toMatchObject({ status: 'answered', response: { status: 'Rejected' } });
    charger.tcp.destroy();
  });

  it('who signs in at A is signed in at B, and signed out at both', async () => {
    const { a, b } = cluster;
    const password = 'a long one that nobody guesses';
    const body = JSON.stringify({ name: 'kim', password, token: 'a-token-of-the-tests-that-is-long-enough' });
    const signedIn = await a.request('POST', '/setup', { body, headers: { 'content-type': 'application/json' } });
    expect(signedIn.status).toBe(200);
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const sessionAt = (at: RunningServer) =>
      fetch(`http://127.0.0.1:${at.port}/api/v1/session`, { headers: { cookie } });
    expect(await (await sessionAt(b)).json()).toMatchObject({ user: { name: 'kim' } });
    await eventually(async () => expect(await b.api('GET', '/setup')).toEqual({ needed: false }));
    const consoleOfB = `http://127.0.0.1:${b.port}`;
    const signOut = { method: 'DELETE', headers: { cookie, origin: consoleOfB } };
    expect((await fetch(`${consoleOfB}/api/v1/session`, signOut)).status).toBe(204);
    expect((await sessionAt(a)).status).toBe(401);
  });
});

function fail(why: string): never {
  throw new Error(why);
}

/** Reads a stream to its end. */
function follow({ body }: Response): { text(): string; stop(): Promise<void> } {
  if (body === null) throw new Error('There is no stream');
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const done = (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += decoder.decode(part.value);
  })();
  return {
    text: () => text,
    async stop() {
      await reader.cancel();
      await done;
    },
  };
}

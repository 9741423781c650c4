import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import mqtt from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, until } from './support/eventually.ts';
import { freePort } from './support/free-port.ts';
import { connectRaw, type RawCharger } from './support/raw-charge-point.ts';
import { type RunningServer, startServer } from './support/start-server.ts';

// CSMS=external: we hold the sockets, keep the log and show the state; an MQTT client of somebody else answers.

let server: RunningServer;
let csms: mqtt.MqttClient;
let charger: RawCharger;
const heard: { topic: string; frame: unknown[] }[] = [];

beforeAll(async () => {
  const port = await freePort();
  server = await startServer({ CSMS: 'external', MQTT_LISTEN: `127.0.0.1:${port}` });
  await server.api('POST', '/things', { thingName: 'CP1' });
  csms = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4 });
  csms.on('message', (topic, payload) => heard.push({ topic, frame: JSON.parse(payload.toString()) }));
  await csms.subscribeAsync('+/in', { qos: 1 });
  charger = await connectRaw(server.port, 'CP1', 'ocpp2.0.1');
}, 30_000);
afterAll(async () => {
  await csms.endAsync();
  await server.stop();
}, 15_000);

const answer = (frame: string) => csms.publishAsync('CP1/out', frame, { qos: 1 });
const logOf = async (filter: string) =>
  (await server.api<Page<Message>>('GET', `/messages?thingName=CP1&order=asc&${filter}`)).items;

describe('with CSMS=external', () => {
  it('nobody here answers; what is published on <thing>/out does', async () => {
    charger.send('[2,"b","BootNotification",{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"}}]');
    await until(() => heard.length === 1);
    expect(heard[0]).toEqual({
      topic: 'CP1/in',
      frame: [2, 'b', 'BootNotification', { reason: 'PowerUp', chargingStation: { model: 'M', vendorName: 'V' } }],
    });
    expect(charger.received).toEqual([]);
    const text = '[3,"b",{ "currentTime":"2026-05-04T10:00:00Z", "interval":7, "status":"Accepted" }]';
    await answer(text);
    await until(() => charger.received.length === 1);
    expect(charger.received).toEqual([JSON.parse(text)]);
    expect(await logOf('messageId=b')).toMatchObject([
      { direction: 'in', kind: 'call' },
      { direction: 'out', kind: 'result', action: 'BootNotification', frame: text, latencyMs: expect.any(Number) },
    ]);
    const { state, connected } = await server.api<Thing>('GET', '/things/CP1');
    expect(connected).toBe(true);
    expect(JSON.stringify(state)).toContain('"vendorName":"V"');
  });

  it('its CALLs reach the charge point, and the answers come back', async () => {
    await answer('[2,"r","Reset",{"type":"Immediate"}]');
    await until(() => charger.received.some((frame) => frame[1] === 'r'));
    charger.send('[3,"r",{"status":"Accepted"}]');
    await until(() => heard.some(({ frame }) => frame[1] === 'r'));
    expect(await logOf('messageId=r')).toMatchObject([{ kind: 'call' }, { kind: 'result', action: 'Reset' }]);
  });

  it('a command from the console goes out and takes its answer all the same', async () => {
    const sending = server.api<Command>('POST', '/things/CP1/commands', { action: 'ClearCache', payload: {} });
    await until(() => charger.received.some((frame) => frame[2] === 'ClearCache'));
    const id = charger.received.find((frame) => frame[2] === 'ClearCache')?.[1];
    charger.send(`[3,"${id}",{"status":"Rejected"}]`);
    expect(await sending).toMatchObject({ status: 'answered', response: { status: 'Rejected' } });
  });

  it('what breaks the rules is not sent, and the log says why', async () => {
    const before = charger.received.length;
    await answer('[3,"nobody-asked",{}]');
    await answer('[2,"x","Reset",{"type":"Gently"}]');
    await answer('no JSON');
    await eventually(async () => expect(await logOf('action=undelivered')).toHaveLength(3));
    expect(charger.received).toHaveLength(before);
  });

  it('a session that somebody else answered shows in the live state', async () => {
    const event = {
      eventType: 'Started',
      timestamp: '2026-05-04T10:00:00Z',
      triggerReason: 'CablePluggedIn',
      seqNo: 0,
    };
    const more = { transactionInfo: { transactionId: 'T1' }, evse: { id: 1, connectorId: 1 } };
    charger.send(JSON.stringify([2, 't', 'TransactionEvent', { ...event, ...more }]));
    await until(() => heard.some(({ frame }) => frame[1] === 't'));
    await answer('[3,"t",{}]');
    await until(() => charger.received.some((frame) => frame[1] === 't'));
    await eventually(async () =>
      expect((await server.api<Thing>('GET', '/things/CP1')).state.transactions).toMatchObject([
        { transactionId: 'T1' },
      ]),
    );
  });
});

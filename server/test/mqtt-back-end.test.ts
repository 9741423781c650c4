import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '@cpo-console/shared/api/commands.ts';
import mqtt from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltApp, buildApp } from '../src/app.ts';
import { hasMosquitto, type Mosquitto, startMosquitto } from '../src/bus/testing/mosquitto.ts';
import { readConfig } from '../src/config/read-config.ts';
import { eventually } from './support/eventually.ts';
import { connectRaw, type RawCharger } from './support/raw-charge-point.ts';

const TOKEN = 'a-token-of-the-tests-that-is-long-enough';
const BOOT = '[2,"b","BootNotification",{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"}}]';

describe.runIf(hasMosquitto)('the product over an MQTT 5 broker (IOT_BACKEND=mqtt)', () => {
  let dataDir: string;
  let mosquitto: Mosquitto;
  let built: BuiltApp;
  let charger: RawCharger;
  let outsider: mqtt.MqttClient;
  const seen: string[] = [];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'mqtt-back-end-'));
    mosquitto = await startMosquitto();
    const broker = { IOT_BACKEND: 'mqtt', MQTT_URL: `mqtt://127.0.0.1:${mosquitto.port}` };
    const more = { DATA_DIR: dataDir, LOG_LEVEL: 'silent', ADMIN_TOKEN: TOKEN, CALL_TIMEOUT_SECONDS: '4' };
    const read = readConfig({ ...broker, ...more });
    if (!read.ok) throw new Error(read.problem);
    built = await buildApp({ config: read.config });
    await built.app.listen({ host: '127.0.0.1', port: 0 });
    await built.registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none' });
    outsider = await mqtt.connectAsync(`mqtt://127.0.0.1:${mosquitto.port}`, { protocolVersion: 5 });
    outsider.on('error', () => undefined);
    outsider.on('message', (topic, payload) => seen.push(`${topic} ${payload}`));
    await outsider.subscribeAsync(['+/in', '+/out', '$aws/things/+/shadow/#'], { qos: 1 });
    charger = await connectRaw((built.app.server.address() as { port: number }).port, 'CP1', 'ocpp2.0.1');
  });
  afterAll(async () => {
    await outsider.endAsync(true);
    await built.app.close();
    await mosquitto.dispose();
    await rm(dataDir, { recursive: true, force: true });
  });

  const get = (url: string) => built.app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } });
  const framesSeen = (): string[] => seen.filter((line) => !line.startsWith('$'));
  const answerTo = (messageId: string): Promise<unknown[]> =>
    eventually(() => {
      const answer = charger.received.find(([type, id]) => type !== 2 && id === messageId);
      if (answer === undefined) throw new Error(`Nothing answered ${messageId}`);
      return answer;
    });

  it('answers a charge point, and any MQTT client sees the frames as they are', async () => {
    charger.send(BOOT);
    expect(await answerTo('b')).toMatchObject([3, 'b', { status: 'Accepted' }]);
    await eventually(() => expect(framesSeen()).toHaveLength(2));
    expect(framesSeen()[0]).toBe(`CP1/in ${BOOT}`);
    expect(framesSeen()[1]).toMatch(/^CP1\/out \[3,"b",\{.*"status":"Accepted"/);
    const metrics = (await get('/metrics')).body.split('\n');
    expect(metrics).toContain('bus_trouble 0');
    expect(metrics).toContain('bus_connects_total 1');
  });

  it('the device shadow is shown as on AWS IoT: what is reported, and that it was taken in', async () => {
    const saying = (operation: string): unknown[] =>
      seen.flatMap((line) =>
        line.startsWith(`$aws/things/CP1/shadow/${operation} `) ? [JSON.parse(line.slice(line.indexOf('{')))] : [],
      );
    const reported = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } };
    await eventually(() => expect(saying('update')).toContainEqual({ state: { reported } }));
    await eventually(() =>
      expect(saying('update')).toContainEqual({
        state: { reported: expect.objectContaining({ connectivity: expect.objectContaining({ connected: true }) }) },
      }),
    );
    const stored = (await get('/api/v1/things/CP1/shadow')).json();
    expect(saying('update/accepted')).toContainEqual(
      expect.objectContaining({ version: stored.version, timestamp: stored.timestamp }),
    );
  });

  it('a CALL that another program publishes on <thing>/out reaches the charge point, and its answer comes back', async () => {
    await outsider.publishAsync('CP1/out', '[2,"r","Reset",{"type":"Immediate"}]', { qos: 1 });
    await eventually(() => expect(charger.received).toContainEqual([2, 'r', 'Reset', { type: 'Immediate' }]));
    charger.send('[3,"r",{"status":"Accepted"}]');
    await eventually(() => expect(seen).toContain('CP1/in [3,"r",{"status":"Accepted"}]'));
  });

  it('a command over REST takes its way over the broker, too', async () => {
    const sending = built.app.inject({
      method: 'POST',
      url: '/api/v1/things/CP1/commands',
      headers: { authorization: `Bearer ${TOKEN}` },
      payload: { action: 'ClearCache', payload: {} },
    });
    const call = await eventually(() => {
      const found = charger.received.find((frame) => frame[2] === 'ClearCache');
      if (found === undefined) throw new Error('It was not asked');
      return found;
    });
    charger.send(JSON.stringify([3, call[1], { status: 'Accepted' }]));
    expect((await sending).json<Command>()).toMatchObject({ status: 'answered', response: { status: 'Accepted' } });
    await eventually(() => expect(seen).toContain(`CP1/out ${JSON.stringify(call)}`));
  });

  it('the broker restarts: the charge point stays, what it said is answered once, readiness and health say so', async () => {
    await mosquitto.signal('SIGKILL');
    charger.send('[2,"h1","Heartbeat",{}]');
    await eventually(async () => expect((await get('/readyz')).statusCode).toBe(503));
    expect((await get('/readyz')).json()).toMatchObject({ status: 'not-ready', checks: { bus: false } });
    const { bus } = (await get('/api/v1/health')).json();
    expect(bus).toEqual({ ok: false, trouble: expect.stringMatching(/^The MQTT broker mqtt:\/\/127\.0\.0\.1:\d+ /) });
    await mosquitto.start();
    expect(await answerTo('h1')).toMatchObject([3, 'h1', { currentTime: expect.any(String) }]);
    await eventually(async () => expect((await get('/readyz')).statusCode).toBe(200));
    charger.send('[2,"h2","Heartbeat",{}]');
    expect(await answerTo('h2')).toMatchObject([3, 'h2', {}]);
    expect(charger.received.filter(([, id]) => id === 'h1')).toHaveLength(1);
    expect(charger.closeCode()).toBeNull();
    const { items } = (await get('/api/v1/messages?thingName=CP1&kind=event')).json();
    expect(items.map(({ action }: { action: string }) => action)).toEqual(['connected']);
  });

  it('a broker that stays away: InternalError, so that the charge point keeps its record and tries again', async () => {
    await mosquitto.signal('SIGKILL');
    charger.send('[2,"h3","Heartbeat",{}]');
    expect(await answerTo('h3')).toEqual([4, 'h3', 'InternalError', expect.any(String), {}]);
    await mosquitto.start();
    await eventually(async () => expect((await get('/readyz')).statusCode).toBe(200));
    charger.send('[2,"h4","Heartbeat",{}]');
    expect(await answerTo('h4')).toMatchObject([3, 'h4', {}]);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import mqtt from 'mqtt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BuiltApp, buildApp } from '../src/app.ts';
import { hasMosquitto, type Mosquitto, startMosquitto } from '../src/bus/testing/mosquitto.ts';
import { readConfig } from '../src/config/read-config.ts';
import { hasMoto, type Moto, startMoto } from '../src/registry/testing/moto.ts';
import { type StrictIot, startStrictIot } from '../src/registry/testing/strict-iot.ts';
import { eventually } from './support/eventually.ts';
import { connectRaw } from './support/raw-charge-point.ts';

const TOKEN = 'a-token-of-the-tests-that-is-long-enough';
const BOOT = '[2,"b","BootNotification",{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"}}]';

interface Product {
  built: BuiltApp;
  port: number;
  call(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

async function start(env: Record<string, string>): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'aws-back-end-'));
  const common = {
    IOT_BACKEND: 'aws',
    AWS_REGION: 'eu-west-1',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    ADMIN_TOKEN: TOKEN,
  };
  const read = readConfig({ ...common, ...env });
  if (!read.ok) throw new Error(read.problem);
  const built = await buildApp({ config: read.config });
  await built.app.listen({ host: '127.0.0.1', port: 0 });
  return {
    built,
    port: (built.app.server.address() as { port: number }).port,
    call: (method, url, payload) =>
      built.app.inject({
        method,
        url: `/api/v1${url}`,
        headers: { authorization: `Bearer ${TOKEN}` },
        ...(payload !== undefined && { payload }),
      }),
    async close() {
      await built.app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testing');
});
afterAll(() => vi.unstubAllEnvs());

describe.runIf(hasMosquitto && hasMoto)(
  'the product on AWS IoT Core (IOT_BACKEND=aws), which moto and Mosquitto play',
  () => {
    let moto: Moto;
    let mosquitto: Mosquitto;
    let product: Product;
    let outsider: mqtt.MqttClient;
    const seen: string[] = [];

    beforeAll(async () => {
      [moto, mosquitto] = await Promise.all([startMoto(), startMosquitto()]);
      product = await start({
        AWS_ENDPOINT_URL_IOT: moto.url,
        AWS_IOT_ENDPOINT: `mqtt://127.0.0.1:${mosquitto.port}`,
      });
      outsider = await mqtt.connectAsync(`mqtt://127.0.0.1:${mosquitto.port}`, { protocolVersion: 5 });
      outsider.on('error', () => undefined);
      outsider.on('message', (topic, payload) => seen.push(`${topic} ${payload}`));
      await outsider.subscribeAsync(['+/in', '+/out', '$aws/things/+/shadow/#'], { qos: 1 });
    });
    afterAll(async () => {
      await outsider.endAsync(true);
      await product.close();
      await Promise.all([moto.close(), mosquitto.dispose()]);
    });

    /** As `aws iot create-thing --thing-name …` does. */
    const createThing = (thingName: string) =>
      fetch(`${moto.url}/things/${thingName}`, { method: 'POST', body: '{}', headers: AS_IF_SIGNED });

    it('a thing that was made with the AWS CLI connects at its first try, boots, and is answered over the broker', async () => {
      expect((await createThing('CP1')).status).toBe(200);
      const charger = await connectRaw(product.port, 'CP1', 'ocpp2.0.1');
      charger.send(BOOT);
      await eventually(() => expect(charger.received[0]).toMatchObject([3, 'b', { status: 'Accepted' }]));
      charger.send('[2,"h","Heartbeat",{}]');
      await eventually(() => expect(charger.received[1]).toMatchObject([3, 'h', { currentTime: expect.any(String) }]));
      await eventually(() => expect(seen).toContain(`CP1/in ${BOOT}`));
      await eventually(() => expect(seen.some((line) => line.startsWith('CP1/out [3,"b",'))).toBe(true));
      const reported = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } };
      await eventually(() =>
        expect(seen.find((line) => line.startsWith('$aws/things/CP1/shadow/update '))).toContain(
          JSON.stringify({ state: { reported } }).slice(0, 20),
        ),
      );
      // What was taken in is AWS IoT's to say.
      expect(seen.some((line) => line.includes('/shadow/update/accepted'))).toBe(false);
      const sending = product.call('POST', '/things/CP1/commands', { action: 'ClearCache', payload: {} });
      const call = await eventually(() => {
        const found = charger.received.find((frame) => frame[2] === 'ClearCache');
        if (found === undefined) throw new Error('It was not asked');
        return found;
      });
      charger.send(JSON.stringify([3, call[1], { status: 'Accepted' }]));
      expect((await sending).json()).toMatchObject({ status: 'answered', response: { status: 'Accepted' } });
      expect((await product.call('GET', '/things/CP1')).json()).toMatchObject({
        connected: true,
        protocol: 'ocpp2.0.1',
      });
      expect((await product.call('GET', '/health')).json()).toMatchObject({ ok: true, backEnd: 'aws' });
    });

    it('registering in the console makes the thing in AWS, with a certificate where that is asked for; removing takes it away', async () => {
      const body = {
        thingName: 'CP2',
        attributes: { site: 'Main street' },
        tags: ['roof'],
        auth: { type: 'certificate' },
      };
      const made = await product.call('POST', '/things', body);
      expect(made.statusCode).toBe(201);
      expect(made.json().credentials).toEqual({
        certificatePem: expect.stringContaining('BEGIN CERTIFICATE'),
        privateKeyPem: expect.stringContaining('PRIVATE KEY'),
      });
      const remote = await fetch(`${moto.url}/things/CP2`, { headers: AS_IF_SIGNED });
      expect(await remote.json()).toMatchObject({
        thingTypeName: 'ChargePoint',
        attributes: { site: 'Main=20street', 'cpo-auth': 'certificate' },
      });
      expect((await product.call('DELETE', '/things/CP2')).statusCode).toBe(204);
      expect((await fetch(`${moto.url}/things/CP2`, { headers: AS_IF_SIGNED })).status).toBe(404);
    });
  },
);

/** moto finds the service and the region in it. */
const AS_IF_SIGNED = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=testing/20260101/eu-west-1/iot/aws4_request, SignedHeaders=host, Signature=x',
};

describe('the product when AWS does not let it', () => {
  let iot: StrictIot;
  let product: Product;
  beforeAll(async () => {
    iot = await startStrictIot();
    iot.fail('DescribeThing', { type: 'AccessDeniedException', status: 403 });
    product = await start({ AWS_ENDPOINT_URL_IOT: iot.url, AWS_IOT_ENDPOINT: 'mqtt://127.0.0.1:1' });
  });
  afterAll(async () => {
    await product.close();
    await iot.close();
  });

  it('starts, and says on the health page what is missing', async () => {
    const words = 'AWS does not allow iot:DescribeThing: the IAM policy of our credentials must have this action';
    await expect(connectRaw(product.port, 'CP1', 'ocpp2.0.1')).rejects.toThrow('CP1 was refused');
    const health = (await product.call('GET', '/health')).json();
    expect(health).toMatchObject({
      ok: false,
      registry: { ok: false, trouble: words },
      bus: { ok: false, trouble: expect.stringMatching(/^AWS IoT Core \(127\.0\.0\.1\) can not be reached: /) },
    });
    const refused = await product.call('POST', '/things', { thingName: 'CP1' });
    expect([refused.statusCode, refused.json().detail]).toEqual([503, words]);
    expect((await product.call('GET', '/door')).json().items).toMatchObject([
      { thingName: 'CP1', reason: 'registry-unavailable' },
    ]);
  });
});

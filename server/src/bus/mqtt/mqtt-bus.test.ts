import mqtt from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.ts';
import { describeMessageBus } from '../message-bus.contract.ts';
import type { BusMessage, MessageBus } from '../message-bus.ts';
import { hasMosquitto, type Mosquitto, type MosquittoOptions, startMosquitto } from '../testing/mosquitto.ts';
import { ALL_OUT, IN_FOR_CSMS, inTopic, outTopic } from '../topics.ts';
import type { MqttBroker } from './mqtt-broker.ts';
import { openMqttBus } from './mqtt-bus.ts';

const PLAIN = {
  host: '127.0.0.1',
  tls: false,
  caFile: null,
  certFile: null,
  keyFile: null,
  username: null,
  password: null,
};

function open(broker: Partial<MqttBroker> & { port: number }, frameLifeMs = 30_000): Promise<MessageBus> {
  const logger = { info() {}, warn() {} };
  return openMqttBus({ broker: { ...PLAIN, ...broker }, frameLifeMs, now: Date.now, logger });
}

describe.runIf(hasMosquitto)('over Mosquitto', () => {
  let mosquitto: Mosquitto;
  let bus: MessageBus;
  let lost: string[];

  async function start(options: MosquittoOptions = {}, broker: Partial<MqttBroker> = {}, frameLifeMs = 30_000) {
    mosquitto = await startMosquitto(options);
    bus = await open({ port: mosquitto.port, ...broker }, frameLifeMs);
    lost = [];
    bus.onLost(({ text }, reason) => lost.push(`${text}: ${reason}`));
  }
  async function end(): Promise<void> {
    await bus.close();
    await mosquitto.dispose();
  }
  async function hear(filter: string): Promise<string[]> {
    const heard: string[] = [];
    await bus.subscribe(filter, ({ text }) => heard.push(text));
    return heard;
  }
  const dial = (): Promise<mqtt.MqttClient> =>
    mqtt.connectAsync(`mqtt://127.0.0.1:${mosquitto.port}`, { protocolVersion: 5 });

  describeMessageBus('the bus', async () => {
    const broker = await startMosquitto();
    const opened = await open(broker);
    return {
      bus: opened,
      async close() {
        await opened.close();
        await broker.dispose();
      },
    };
  });

  describe('with other programs', () => {
    beforeEach(() => start());
    afterEach(end);

    it('shows every frame to an MQTT client, with QoS 1 and an end to its life', async () => {
      const client = await dial();
      await client.subscribeAsync('+/in', { qos: 1 });
      const heard: unknown[] = [];
      client.on('message', (topic, payload, { qos, properties }) =>
        heard.push([topic, payload.toString(), qos, properties?.messageExpiryInterval]),
      );
      bus.publish({ topic: inTopic('CP1'), text: '[2,"1","Heartbeat",{}]' });
      await eventually(() => expect(heard).toEqual([['CP1/in', '[2,"1","Heartbeat",{}]', 1, 30]]));
      await client.endAsync();
    });

    it('takes what others publish, and leaves out what no charge point could be sent', async () => {
      const heard: BusMessage[] = [];
      await bus.subscribe(ALL_OUT, (message) => heard.push(message));
      const client = await dial();
      const publish = (topic: string, payload: string | Buffer, more = {}) =>
        client.publishAsync(topic, payload, { qos: 1, ...more });
      await publish('$evil/out', 'system');
      await publish('C P/out', 'space');
      await publish(`${'x'.repeat(49)}/out`, 'long');
      await publish('CP1/out', Buffer.from([0x5b, 0xff, 0x5d]));
      await publish('CP1/out', 'x'.repeat(128 * 1024 + 1));
      await publish('CP1/out', 'y'.repeat(200 * 1024));
      await publish('CP1/out', '[2,"1","ClearCache",{}]', { properties: { messageExpiryInterval: 9 } });
      await eventually(() => expect(heard).toHaveLength(1));
      expect(heard[0]).toMatchObject({ topic: 'CP1/out', text: '[2,"1","ClearCache",{}]', answerWithinMs: 9_000 });
      expect(bus.figures()).toMatchObject({ refused: 4, connects: 1 });
      await client.endAsync();
    });

    it('takes no retained frame: it would reach a charge point at every new connection', async () => {
      const client = await dial();
      await client.publishAsync('CP1/out', 'old', { qos: 1, retain: true });
      const heard = await hear(ALL_OUT);
      await client.publishAsync('CP1/out', 'new', { qos: 1 });
      await eventually(() => expect(heard).toEqual(['new']));
      await client.endAsync();
    });
  });

  describe('when the broker goes', () => {
    afterEach(end);

    it('sends what was said meanwhile once it is back, in order and once', async () => {
      await start();
      const heard = await hear(IN_FOR_CSMS);
      const say = (from: number, to: number): void => {
        for (let n = from; n < to; n += 1) bus.publish({ topic: inTopic(`CP${n % 3}`), text: String(n) });
      };
      say(0, 100);
      // Some are on the way.
      await eventually(() => expect(heard.length).toBeGreaterThan(0));
      say(100, 200);
      await mosquitto.signal('SIGKILL');
      say(200, 300);
      await eventually(() =>
        expect(bus.trouble()).toMatch(
          /^The MQTT broker mqtt:\/\/127\.0\.0\.1:\d+ can not be reached: connection refused$/,
        ),
      );
      say(300, 400);
      expect(bus.figures().held).toBeGreaterThanOrEqual(200);
      await mosquitto.start();
      await eventually(() => expect(heard.at(-1)).toBe('399'));
      expect(bus.trouble()).toBeNull();
      await eventually(() => expect(bus.figures()).toMatchObject({ held: 0, lost: 0, connects: 2 }));
      const numbers = heard.map(Number);
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      // What it had taken and not handed over went with it; all that came later is here.
      expect(numbers.slice(-200)).toEqual(Array.from({ length: 200 }, (_, n) => n + 200));
    });

    it('gives up what nobody waits for any longer, and says so', async () => {
      await start({}, {}, 1_000);
      await mosquitto.signal('SIGKILL');
      await eventually(() => expect(bus.trouble()).not.toBeNull());
      bus.publish({ topic: inTopic('CP1'), text: 'frame' });
      bus.publish({ topic: outTopic('CP1'), text: 'command', answerWithinMs: 10 });
      await eventually(() =>
        expect(lost.sort()).toEqual([
          'command: The broker was away for too long',
          'frame: The broker was away for too long',
        ]),
      );
      await mosquitto.start();
      const heard = await hear('+/+');
      await eventually(() => expect(bus.trouble()).toBeNull());
      bus.publish({ topic: inTopic('CP1'), text: 'fresh' });
      await eventually(() => expect(heard).toEqual(['fresh']));
    });

    it('starts without a broker, says that it is not there, and works once it is', async () => {
      await start();
      await bus.close();
      await mosquitto.signal('SIGTERM');
      bus = await open(mosquitto);
      const heard = await hear(ALL_OUT);
      expect(bus.trouble()).toMatch(/can not be reached: connection refused$/);
      bus.publish({ topic: outTopic('CP1'), text: 'early' });
      await mosquitto.start();
      await eventually(() => expect(heard).toEqual(['early']));
      expect(bus.trouble()).toBeNull();
    });
  });

  describe('a broker that asks who we are', () => {
    afterEach(end);
    const user = { name: 'console', password: 'swordfish' };

    it('takes the user name and the password', async () => {
      await start({ user }, { username: 'console', password: 'swordfish' });
      expect(bus.trouble()).toBeNull();
    });

    it('says in words that they are wrong', async () => {
      await start({ user }, { username: 'console', password: 'guess' });
      expect(bus.trouble()).toMatch(/^The MQTT broker .* refuses us: (not authorised|bad user name or password)$/);
      expect(bus.trouble()).not.toContain('guess');
    });

    it('says what it does not let us publish, and gives it up at once', async () => {
      await start({ acl: ['topic read #', 'topic write +/out'] });
      bus.publish({ topic: inTopic('CP1'), text: 'x' });
      await eventually(() => expect(lost).toEqual(['x: The broker refused CP1/in: not authorised']));
      expect(bus.trouble()).toBe('The broker refused CP1/in: not authorised');
      bus.publish({ topic: outTopic('CP1'), text: 'y' });
      await eventually(() => expect(bus.trouble()).toBeNull());
    });
  });

  describe('TLS', () => {
    let folder: string;
    const connect = async (broker: Partial<MqttBroker>): Promise<string | null> => {
      const opened = await open({ port: mosquitto.port, tls: true, ...broker });
      const trouble = opened.trouble();
      await opened.close();
      return trouble;
    };
    const refusal = (broker: Partial<MqttBroker>): Promise<unknown> =>
      connect(broker).then(
        () => expect.unreachable(),
        (error: Error) => error.message,
      );
    beforeAll(async () => {
      mosquitto = await startMosquitto({ tls: 'mutual' });
      folder = mosquitto.folder;
    });
    afterAll(() => mosquitto.dispose());

    it('trusts the authority that it is told to trust, and no other; shows its certificate', async () => {
      const ours = { certFile: `${folder}/client.pem`, keyFile: `${folder}/client.key` };
      const caFile = `${folder}/ca.pem`;
      expect(await connect({ caFile, ...ours })).toBeNull();
      expect(await connect({ caFile, ...ours, host: 'localhost' })).toBeNull();
      const [untrusted, unknown] = await Promise.all([connect(ours), connect({ caFile })]);
      expect(untrusted).toMatch(/^The MQTT broker mqtts:/);
      expect(unknown).toMatch(/^The MQTT broker mqtts:/);
    });

    it('ends the start with the name of the setting whose file can not be used', async () => {
      const [certFile, keyFile] = [`${folder}/client.pem`, `${folder}/client.key`];
      expect(await refusal({ caFile: '/nowhere/ca.pem' })).toBe('MQTT_CA: can not read /nowhere/ca.pem (ENOENT)');
      expect(await refusal({ caFile: keyFile })).toMatch(/^MQTT_CA: .* is no certificate in PEM format$/);
      expect(await refusal({ certFile, keyFile: certFile })).toMatch(
        /^MQTT_KEY: the file is no unencrypted private key/,
      );
      expect(await refusal({ certFile, keyFile: `${folder}/server.key` })).toBe('MQTT_KEY is not the key of MQTT_CERT');
    });
  });
});

describe.runIf(!hasMosquitto)("over Mosquitto, which is not installed: get it with 'apt-get install mosquitto'", () => {
  it('says so when no broker is there', async () => {
    const bus = await open({ port: 1 });
    expect(bus.trouble()).toMatch(/can not be reached/);
    await bus.close();
  });
});

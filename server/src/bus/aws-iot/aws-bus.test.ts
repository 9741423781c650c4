import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.ts';
import { CHARGE_POINTS, describeMessageBus } from '../message-bus.contract.ts';
import type { BusMessage, MessageBus } from '../message-bus.ts';
import type { Presence } from '../presence.ts';
import { hasMosquitto, type Mosquitto, startMosquitto } from '../testing/mosquitto.ts';
import { type ScriptedBroker, startScriptedBroker } from '../testing/scripted-broker.ts';
import { ALL_OUT, ALL_PRESENCE, IN_FOR_CSMS, inTopic, outTopic, presenceTopic } from '../topics.ts';
import { type AwsBusOptions, openAwsBus } from './aws-bus.ts';
import type { DataEndpoint } from './aws-iot-settings.ts';

const FILES = { caFile: null, certFile: null, keyFile: null };
const nobody = (): void => undefined;

interface Opening extends Partial<AwsBusOptions['settings']> {
  scheme?: DataEndpoint['scheme'];
  findEndpoint?: AwsBusOptions['findEndpoint'];
}

function open(port: number, { scheme = 'mqtt', findEndpoint, ...settings }: Opening = {}): Promise<MessageBus> {
  return openAwsBus({
    settings: { connections: 'things', csmsConnections: 1, ...FILES, ...settings },
    findEndpoint: findEndpoint ?? (async () => ({ scheme, host: '127.0.0.1', port })),
    region: async () => 'eu-west-1',
    credentials: async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'a+token/' }),
    frameLifeMs: 30_000,
    now: Date.now,
    logger: { info() {}, warn() {} },
  });
}

describe.runIf(hasMosquitto)('over Mosquitto', () => {
  for (const connections of ['things', 'pool'] as const) {
    describeMessageBus(`the AWS bus, with connections of ${connections}`, async () => {
      const broker = await startMosquitto();
      const bus = await open(broker.port, { connections });
      const announced: string[] = [];
      const stop = await bus.subscribe(ALL_PRESENCE, ({ text }) => announced.push(text));
      for (const name of CHARGE_POINTS) {
        bus.hold(name, nobody);
        bus.publish({ topic: presenceTopic(name), text: name });
      }
      await eventually(() => expect(announced.sort()).toEqual([...CHARGE_POINTS].sort()));
      await stop();
      expect(bus.figures().connects).toBe(connections === 'things' ? 9 : 2);
      // A charge point that comes is no reason to tell all others everything anew.
      expect(bus.joins()).toBe(1);
      return {
        bus,
        async close() {
          await bus.close();
          await broker.dispose();
        },
      };
    });
  }

  describe('with two gateways', () => {
    let mosquitto: Mosquitto;
    let one: MessageBus;
    let other: MessageBus;
    beforeEach(async () => {
      mosquitto = await startMosquitto();
      [one, other] = await Promise.all([open(mosquitto.port, { csmsConnections: 2 }), open(mosquitto.port)]);
    });
    afterEach(async () => {
      await Promise.all([one.close(), other.close()]);
      await mosquitto.dispose();
    });

    it('each hears only what is for the charge points that it holds', async () => {
      const heard: string[] = [];
      await one.subscribe(ALL_OUT, ({ text }) => heard.push(`one ${text}`));
      await other.subscribe(ALL_OUT, ({ text }) => heard.push(`other ${text}`));
      one.hold('CP1', nobody);
      other.hold('CP2', nobody);
      await eventually(() => expect([one.figures().connects, other.figures().connects]).toEqual([3, 2]));
      const echo: string[] = [];
      await one.subscribe(IN_FOR_CSMS, ({ text }) => echo.push(text));
      for (const name of ['CP1', 'CP2']) one.publish({ topic: inTopic(name), text: `in of ${name}` });
      await eventually(() => expect(echo.sort()).toEqual(['in of CP1', 'in of CP2']));
      one.publish({ topic: outTopic('CP2'), text: 'b' });
      other.publish({ topic: outTopic('CP1'), text: 'a' });
      await eventually(() => expect(heard.sort()).toEqual(['one a', 'other b']));
    });

    it('a broker that hangs up on the older one without a word: one of the two gives way, and the other stays', async () => {
      const givenWay: string[] = [];
      one.hold('CP1', () => givenWay.push('one'));
      await eventually(() => expect(one.figures().connects).toBe(3));
      other.hold('CP1', () => givenWay.push('other'));
      await eventually(() => expect(givenWay).toHaveLength(1));
      const winner = givenWay[0] === 'one' ? other : one;
      const heard: string[] = [];
      await winner.subscribe(ALL_OUT, ({ text }) => heard.push(text));
      await eventually(() => {
        winner.publish({ topic: outTopic('CP1'), text: 'a' });
        expect(heard).toContain('a');
      });
    }, 60_000);
  });
});

describe('AWS IoT Core', () => {
  let broker: ScriptedBroker;
  let bus: MessageBus | null = null;
  beforeEach(async () => {
    broker = await startScriptedBroker();
  });
  afterEach(async () => {
    await bus?.close();
    bus = null;
    await broker.close();
  });

  it('has a client for each charge point, with its name, that listens before it speaks', async () => {
    bus = await open(broker.port);
    bus.hold('CP1', nobody);
    bus.publish({ topic: inTopic('CP1'), text: 'boot' });
    await eventually(() => expect(broker.heard.at(-1)).toBe('2 PUBLISH boot'));
    expect(broker.heard.filter((line) => line.startsWith('2 '))).toEqual([
      '2 CONNECT CP1',
      '2 SUBSCRIBE CP1/out',
      '2 PUBLISH boot',
    ]);
  });

  it('says that another gateway took over (142): the socket is let go, and nothing fights for it', async () => {
    bus = await open(broker.port);
    let takenOver = 0;
    bus.hold('CP1', () => {
      takenOver += 1;
    });
    await eventually(() => expect(broker.heard.at(-1)).toBe('2 SUBSCRIBE CP1/out'));
    broker.disconnect(142, 2);
    await eventually(() => expect(takenOver).toBe(1));
    // It goes by the shared connection then, as what others say does.
    bus.publish({ topic: inTopic('CP1'), text: 'late' });
    await eventually(() => expect(broker.heard.at(-1)).toBe('1 PUBLISH late'));
    expect(broker.heard.filter((line) => line.includes('CONNECT CP1'))).toHaveLength(1);
  });

  it.each([
    [0x97, 'quota exceeded'],
    [0x87, 'not authorised: the policy must allow what was asked for last: iot:Publish, iot:Subscribe or iot:Receive'],
  ])('ends a connection with %i: the health page says why, and it is made again', async (code, words) => {
    bus = await open(broker.port);
    let takenOver = false;
    bus.hold('CP1', () => {
      takenOver = true;
    });
    await eventually(() => expect(broker.heard.at(-1)).toBe('2 SUBSCRIBE CP1/out'));
    broker.disconnect(code, 1);
    await eventually(() => expect(bus?.trouble()).toBe(`AWS IoT Core (127.0.0.1) is away: ${words}`));
    await eventually(() => expect(bus?.trouble()).toBeNull());
    expect(takenOver).toBe(false);
  });

  it('names the action that a policy lacks', async () => {
    broker.answers.subscribe = (filter) => (filter === IN_FOR_CSMS ? 0x87 : 1);
    bus = await open(broker.port);
    await bus.subscribe(IN_FOR_CSMS, nobody);
    expect(bus.trouble()).toBe(
      'AWS IoT Core (127.0.0.1) denies $share/csms/+/in: not authorised: the policy must allow iot:Subscribe on topicfilter/$share/csms/+/in and iot:Receive on topic/*/in',
    );
    broker.answers.publish = 0x87;
    const lost: string[] = [];
    bus.onLost((_message, reason) => lost.push(reason));
    bus.publish({ topic: outTopic('CP1'), text: 'x' });
    await eventually(() => expect(lost[0]).toMatch(/the policy must allow iot:Publish on topic\/CP1\/out$/));
  });

  it('a charge point of a gateway that died is announced as gone, by the epoch that is known; a quick return is not', async () => {
    bus = await open(broker.port);
    const heard: BusMessage[] = [];
    await bus.subscribe(ALL_PRESENCE, (message) => heard.push(message));
    const presence: Presence = {
      connectionId: 'c',
      instance: 'elsewhere',
      epoch: 5,
      connected: true,
      protocol: 'ocpp2.0.1',
      remoteAddress: '192.0.2.1',
    };
    const event = (name: string, eventType: string, versionNumber: number): void =>
      broker.deliver(`$aws/events/presence/${eventType}/${name}`, JSON.stringify({ eventType, versionNumber }));
    for (const name of ['CP1', 'CP2']) broker.deliver(presenceTopic(name), JSON.stringify(presence));
    await eventually(() => expect(heard).toHaveLength(2));
    event('CP2', 'connected', 8);
    event('CP2', 'disconnected', 7);
    event('CP1', 'disconnected', 3);
    event('unknown', 'disconnected', 3);
    await eventually(() => expect(heard).toHaveLength(3));
    expect(heard[2]?.topic).toBe(presenceTopic('CP1'));
    expect(heard[2]?.presence).toEqual({ ...presence, connected: false });
  });

  it('is looked for until it is found; meanwhile the health page says what is missing', async () => {
    let problem: string | null = 'AWS credentials are missing';
    bus = await open(broker.port, {
      findEndpoint: async () => {
        if (problem !== null) throw new Error(problem);
        return { scheme: 'mqtt', host: '127.0.0.1', port: broker.port };
      },
    });
    expect(bus.trouble()).toBe('AWS credentials are missing');
    const heard: string[] = [];
    await bus.subscribe(IN_FOR_CSMS, ({ text }) => heard.push(text));
    bus.hold('CP1', nobody);
    problem = null;
    await eventually(() => expect(bus?.trouble()).toBeNull());
    await eventually(() => expect(broker.heard).toContain('2 SUBSCRIBE CP1/out'));
    broker.deliver('CP1/in', 'a');
    await eventually(() => expect(heard.length).toBeGreaterThan(0));
  }, 30_000);
});

describe('AWS IoT Core over WebSocket', () => {
  it('is asked with a signature of the credentials, the session token behind it', async () => {
    const broker = await startScriptedBroker({ websocket: true });
    const bus = await open(broker.port, { scheme: 'ws' });
    expect(bus.trouble()).toBeNull();
    const url = new URL(broker.urls[0] ?? '', 'ws://x');
    expect(url.pathname).toBe('/mqtt');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': expect.stringMatching(/^AKIDEXAMPLE\/\d{8}\/eu-west-1\/iotdevicegateway\/aws4_request$/),
      'X-Amz-SignedHeaders': expect.stringMatching(/\bhost$/),
      'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
      'X-Amz-Security-Token': 'a+token/',
    });
    await bus.close();
    await broker.close();
  });
});

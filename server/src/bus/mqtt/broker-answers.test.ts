import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.ts';
import type { MessageBus } from '../message-bus.ts';
import { type ScriptedBroker, startScriptedBroker } from '../testing/scripted-broker.ts';
import { ALL_OUT, IN_FOR_CSMS, inTopic, outTopic } from '../topics.ts';
import { openMqttBus } from './mqtt-bus.ts';

// What real brokers say rarely. @see MQTT 5.0, 2.4

let broker: ScriptedBroker;
let bus: MessageBus;
let lost: string[];

async function open(): Promise<void> {
  const files = { tls: false, caFile: null, certFile: null, keyFile: null };
  bus = await openMqttBus({
    broker: { host: '127.0.0.1', port: broker.port, ...files, username: null, password: null },
    frameLifeMs: 30_000,
    now: Date.now,
    logger: { info() {}, warn() {} },
  });
  lost = [];
  bus.onLost(({ text }, reason) => lost.push(`${text}: ${reason}`));
}

beforeEach(async () => {
  broker = await startScriptedBroker();
});
afterEach(async () => {
  await bus.close();
  await broker.close();
});

describe('an MQTT broker that', () => {
  it.each([
    [0x86, 'bad user name or password'],
    [0x87, 'not authorised'],
    [0x89, 'broker busy'],
    [0x97, 'quota exceeded'],
  ])('refuses the connection with %i: the health page says so in words', async (code, words) => {
    broker.answers.connect = code;
    await open();
    expect(bus.trouble()).toBe(`The MQTT broker mqtt://127.0.0.1:${broker.port} refuses us: ${words}`);
  });

  it('denies a subscription (0x87): it is named, and asked for again on the next connection', async () => {
    broker.answers.subscribe = (filter) => (filter === ALL_OUT ? 0x87 : 1);
    await open();
    await bus.subscribe(IN_FOR_CSMS, () => undefined);
    expect(bus.trouble()).toBeNull();
    await bus.subscribe(ALL_OUT, () => undefined);
    expect(bus.trouble()).toMatch(/ denies \+\/out: not authorised$/);
    broker.answers.subscribe = () => 1;
    broker.disconnect();
    await eventually(() => expect(bus.figures().connects).toBe(2));
    await eventually(() => expect(bus.trouble()).toBeNull());
  });

  it.each([
    [0x97, 'quota exceeded'],
    [0x87, 'not authorised'],
  ])(
    'takes no message (%i): it is given up at once, and that is the trouble until it takes one',
    async (code, words) => {
      await open();
      broker.answers.publish = code;
      bus.publish({ topic: inTopic('CP1'), text: 'a' });
      await eventually(() => expect(lost).toEqual([`a: The broker refused CP1/in: ${words}`]));
      expect(bus.trouble()).toBe(`The broker refused CP1/in: ${words}`);
      broker.answers.publish = 0;
      bus.publish({ topic: inTopic('CP1'), text: 'b' });
      await eventually(() => expect(bus.trouble()).toBeNull());
      expect(bus.figures()).toMatchObject({ held: 0, lost: 1 });
    },
  );

  it('says that another took over (142): it is connected to again, subscribed to first, and told what it missed', async () => {
    await open();
    await bus.subscribe(IN_FOR_CSMS, () => undefined);
    await bus.subscribe(ALL_OUT, () => undefined);
    broker.disconnect(142);
    await eventually(() =>
      expect(bus.trouble()).toMatch(/ is away: another client took over with the same identifier$/),
    );
    bus.publish({ topic: outTopic('CP1'), text: 'meanwhile' });
    await eventually(() => expect(broker.heard.at(-1)).toBe('2 PUBLISH meanwhile'));
    const again = broker.heard.filter((line) => line.startsWith('2 '));
    expect(again[0]).toBe('2 CONNECT');
    expect(again.slice(1, 3).sort()).toEqual([`2 SUBSCRIBE ${IN_FOR_CSMS}`, '2 SUBSCRIBE +/out']);
    expect(bus.trouble()).toBeNull();
  });

  it('goes before it acknowledges: the same messages, with the same numbers, in the same order', async () => {
    await open();
    broker.answers.publish = null;
    for (const text of ['a', 'b', 'c']) bus.publish({ topic: inTopic('CP1'), text });
    await eventually(() => expect(broker.published).toHaveLength(3));
    broker.answers.publish = 0;
    broker.disconnect();
    await eventually(() => expect(broker.published).toHaveLength(6));
    expect(broker.published.slice(3)).toEqual(broker.published.slice(0, 3));
    await eventually(() => expect(bus.figures()).toMatchObject({ held: 0, lost: 0 }));
  });

  it('brings the same message twice: it is taken once; one without a number as often as it comes', async () => {
    await open();
    const heard: string[] = [];
    await bus.subscribe(ALL_OUT, ({ text }) => heard.push(text));
    broker.deliver('CP1/out', 'a', 'publisher-1 7');
    broker.deliver('CP1/out', 'a', 'publisher-1 7');
    broker.deliver('CP1/out', 'b', 'publisher-2 7');
    broker.deliver('CP1/out', 'c');
    broker.deliver('CP1/out', 'c');
    await eventually(() => expect(heard).toEqual(['a', 'b', 'c', 'c']));
  });
});

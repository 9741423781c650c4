import mqtt from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.ts';
import { freePort } from '../../../test/support/free-port.ts';
import { describeMessageBus } from '../message-bus.contract.ts';
import type { BusMessage, MessageBus } from '../message-bus.ts';
import { inTopic, outTopic } from '../topics.ts';
import { openEmbeddedBus } from './embedded-bus.ts';

let bus: MessageBus;
let port: number;

beforeEach(async () => {
  port = await freePort();
  bus = await openEmbeddedBus({ listen: { host: '127.0.0.1', port }, isRegistered: (name) => name === 'CP1' });
});
afterEach(() => bus.close());

const dial = (): Promise<mqtt.MqttClient> => mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4 });

describeMessageBus('the embedded bus', async () => {
  const alone = await openEmbeddedBus({ listen: null, isRegistered: () => true });
  return { bus: alone, close: () => alone.close() };
});

describeMessageBus('the embedded bus that others listen to', async () => {
  const listen = { host: '127.0.0.1', port: await freePort() };
  const listening = await openEmbeddedBus({ listen, isRegistered: () => true });
  return { bus: listening, close: () => listening.close() };
});

describe('the embedded broker', () => {
  it('hands on what the publisher knew, so that nobody parses it twice', async () => {
    const heard: BusMessage[] = [];
    await bus.subscribe('+/in', (message) => heard.push(message));
    const inspected = { decoded: { ok: false, defect: 'x', answer: null }, violations: [] } as const;
    bus.publish({ topic: inTopic('CP1'), text: 'a', inspected });
    expect(heard).toEqual([{ topic: 'CP1/in', text: 'a', inspected }]);
  });

  it('shows the frames to any MQTT client that listens in', async () => {
    const client = await dial();
    await client.subscribeAsync('+/in', { qos: 1 });
    const heard: string[][] = [];
    client.on('message', (topic, payload) => heard.push([topic, payload.toString()]));
    bus.publish({ topic: inTopic('CP1'), text: '[2,"1","Heartbeat",{}]' });
    await eventually(() => expect(heard).toEqual([['CP1/in', '[2,"1","Heartbeat",{}]']]));
    await client.endAsync();
  });

  it('takes frames for registered things from outside, and nothing else', async () => {
    const heard: string[] = [];
    await bus.subscribe('#', ({ topic }) => heard.push(topic));
    for (const topic of ['CP1/in', 'CP9/out', 'cpo-console/presence/CP1']) {
      const client = await dial();
      const closed = new Promise<void>((resolve) => client.once('close', resolve));
      client.on('error', () => {});
      client.publish(topic, 'x');
      await closed;
      await client.endAsync(true);
    }
    const client = await dial();
    await client.publishAsync(outTopic('CP1'), '[2,"1","ClearCache",{}]', { qos: 1 });
    await eventually(() => expect(heard.filter((topic) => !topic.startsWith('$'))).toEqual(['CP1/out']));
    await client.endAsync();
  });
});

import { randomUUID } from 'node:crypto';
import type { mqtt5 } from 'aws-iot-device-sdk-v2';
import type { BusMessage, MessageBus } from '../message-bus.ts';
import { topicMatcher } from '../topics.ts';
import { type BrokerConnectionOptions, openBrokerConnection } from './broker-connection.ts';
import { clientConfig } from './client-config.ts';
import { readIncoming } from './incoming.ts';
import { addressOf, type MqttBroker } from './mqtt-broker.ts';
import { createOutbox } from './outbox.ts';
import { createRepeatFilter } from './publisher-number.ts';

export interface MqttBusOptions {
  broker: MqttBroker;
  /** How long a frame is worth carrying, unless it says so itself. */
  frameLifeMs: number;
  now: () => number;
  logger: BrokerConnectionOptions['logger'];
}

interface Subscription {
  filter: string;
  matches: RegExp;
  handler: (message: BusMessage) => void;
}

const SWEEP_MS = 1_000;
const RETRY_EVERY_SWEEPS = 10;
/** A flood of bad messages must not become a flood of log lines. */
const WARN_EVERY_MS = 10_000;
const LAST_ONES_WITHIN_MS = 2_000;

/**
 * The bus over any MQTT 5 broker. What can't be sent waits, in order, as long as somebody waits for it; what was sent and
 * not acknowledged is sent again on the next connection, and not taken twice.
 */
export async function openMqttBus({ broker, frameLifeMs, now, logger }: MqttBusOptions): Promise<MessageBus> {
  const sdk = await import('aws-iot-device-sdk-v2');
  const publisher = randomUUID();
  const config = await clientConfig(sdk, { broker, clientId: `cpo-console-${publisher}` });
  const listeners = new Set<(message: BusMessage, reason: string) => void>();
  const repeats = createRepeatFilter();
  let subscriptions: readonly Subscription[] = [];
  let lost = 0;
  let refused = 0;
  let warnedAt = Number.NEGATIVE_INFINITY;

  const warn = (details: object, text: string): void => {
    if (now() - warnedAt < WARN_EVERY_MS) return;
    warnedAt = now();
    logger.warn(details, text);
  };
  const outbox = createOutbox({
    publisher,
    now,
    frameLifeMs,
    onLost(message, reason) {
      lost += 1;
      warn({ topic: message.topic, reason, lost }, 'A message was not carried');
      for (const listener of listeners) listener(message, reason);
    },
  });

  function take(packet: mqtt5.PublishPacket): void {
    const incoming = readIncoming(packet);
    if (!incoming.ok) {
      refused += 1;
      warn({ topic: packet.topicName.slice(0, 100), reason: incoming.defect, refused }, 'A message was not taken');
      return;
    }
    if (repeats.isRepeat(packet.userProperties)) return;
    const { message } = incoming;
    for (const { matches, handler } of subscriptions) if (matches.test(message.topic)) handler(message);
  }

  const connection = await openBrokerConnection({
    sdk,
    config,
    address: addressOf(broker),
    logger,
    onMessage: take,
    onCarrier: outbox.use,
  });
  let sweeps = 0;
  const sweeping = setInterval(() => {
    outbox.sweep();
    sweeps += 1;
    if (sweeps % RETRY_EVERY_SWEEPS === 0) connection.retry();
  }, SWEEP_MS);

  return {
    publish: outbox.put,
    async subscribe(filter, handler) {
      const subscription = { filter, matches: topicMatcher(filter), handler };
      const isFirst = !subscriptions.some((each) => each.filter === filter);
      subscriptions = [...subscriptions, subscription];
      if (isFirst) await connection.subscribe(filter);
      return async () => {
        subscriptions = subscriptions.filter((each) => each !== subscription);
        if (!subscriptions.some((each) => each.filter === filter)) await connection.unsubscribe(filter);
      };
    },
    onLost(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    trouble: () => connection.trouble() ?? outbox.refusal,
    figures: () => ({ held: outbox.size, lost, refused, connects: connection.connects }),
    async close() {
      await lastOnes(() => outbox.size === 0 || connection.trouble() !== null);
      clearInterval(sweeping);
      await connection.close();
    },
  };
}

/** What was said last, such as that charge points are gone now, should still get out. */
async function lastOnes(areOut: () => boolean): Promise<void> {
  const deadline = Date.now() + LAST_ONES_WITHIN_MS;
  while (!areOut() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
}

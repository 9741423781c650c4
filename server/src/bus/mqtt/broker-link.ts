import type { mqtt5 } from 'aws-iot-device-sdk-v2';
import type { BusFigures, BusMessage } from '../message-bus.ts';
import { topicMatcher } from '../topics.ts';
import { type BrokerConnectionOptions, openBrokerConnection } from './broker-connection.ts';
import { readIncoming } from './incoming.ts';
import { createOutbox, type OutboxOptions } from './outbox.ts';
import type { RepeatFilter } from './publisher-number.ts';
import { reasonInWords } from './reasons.ts';

export interface BrokerLinkOptions
  extends Omit<BrokerConnectionOptions, 'onMessage' | 'onCarrier'>,
    Pick<OutboxOptions, 'publisher' | 'nextNumber' | 'frameLifeMs' | 'now'> {
  /** Of all links of this process: what was sent again may come by another one. */
  repeats: RepeatFilter;
}

/**
 * One connection to a broker as a bus. What can't be sent waits, in order, as long as somebody waits for it; what was sent
 * and not acknowledged is sent again on the next connection, and not taken twice.
 */
export interface BrokerLink {
  /** Resolves when the first attempt to connect has succeeded or failed. */
  readonly firstAttempt: Promise<void>;
  publish(message: BusMessage): void;
  subscribe(filter: string, handler: (message: BusMessage) => void): Promise<() => Promise<void>>;
  onLost(listener: (message: BusMessage, reason: string) => void): () => void;
  trouble(): string | null;
  figures(): BusFigures;
  close(): Promise<void>;
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

export function openBrokerLink(options: BrokerLinkOptions): BrokerLink {
  const { publisher, nextNumber, frameLifeMs, now, logger, repeats, words = reasonInWords } = options;
  const listeners = new Set<(message: BusMessage, reason: string) => void>();
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
    nextNumber,
    now,
    frameLifeMs,
    words,
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

  const connection = openBrokerConnection({ ...options, onMessage: take, onCarrier: outbox.use });
  let sweeps = 0;
  const sweeping = setInterval(() => {
    outbox.sweep();
    sweeps += 1;
    if (sweeps % RETRY_EVERY_SWEEPS === 0) connection.retry();
  }, SWEEP_MS);

  return {
    firstAttempt: connection.firstAttempt,
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

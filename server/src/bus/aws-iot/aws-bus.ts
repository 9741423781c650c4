import { randomUUID } from 'node:crypto';
import type { BusFigures, BusMessage, MessageBus } from '../message-bus.ts';
import { type BrokerLink, type BrokerLinkOptions, openBrokerLink } from '../mqtt/broker-link.ts';
import { createNumbers, createRepeatFilter } from '../mqtt/publisher-number.ts';
import { ALL_OUT, ALL_PRESENCE, isInTopic, isPresenceTopic, thingOfTopic } from '../topics.ts';
import { awsClientConfig, type SigningOptions } from './aws-client-config.ts';
import type { AwsIotSettings, DataEndpoint } from './aws-iot-settings.ts';
import { iamWords } from './iam-words.ts';
import { createThingLinks } from './thing-links.ts';
import { watchPresence } from './watch-presence.ts';

export interface AwsBusOptions extends Pick<BrokerLinkOptions, 'frameLifeMs' | 'now' | 'logger'>, SigningOptions {
  settings: Pick<AwsIotSettings, 'connections' | 'csmsConnections' | 'caFile' | 'certFile' | 'keyFile'>;
  /** Where to connect to. Rejects with the reason in words as long as nobody can tell. */
  findEndpoint: () => Promise<DataEndpoint>;
}

interface Subscription {
  filter: string;
  handler: (message: BusMessage) => void;
  /** One for each connection that it is on. */
  ends: Promise<() => Promise<void>>[];
}

const THINGS_PER_POOLED_LINK = 50;
const RETRY_MS = 5_000;
const FIRST_ATTEMPT_WITHIN_MS = 3_000;
/** A connection that is being made is no trouble yet. */
const SETTLED_AFTER_MS = 10_000;
const WARN_EVERY_MS = 10_000;

/**
 * The bus over AWS IoT Core. What a charge point says goes out on its own connection, whose client id is its name: AWS lets
 * each connection carry 100 messages a second, and tells who is connected. Everything else shares a few.
 */
export async function openAwsBus(options: AwsBusOptions): Promise<MessageBus> {
  const { settings, findEndpoint, now, logger } = options;
  const sdk = await import('aws-iot-device-sdk-v2');
  const publisher = randomUUID();
  const numbering = { publisher, nextNumber: createNumbers(), repeats: createRepeatFilter() };
  const listeners = new Set<(message: BusMessage, reason: string) => void>();
  const subscriptions = new Set<Subscription>();
  const outHandlers = new Set<(message: BusMessage) => void>();
  const past = { lost: 0, refused: 0, connects: 0 };
  const quietLogger = quietly(logger, now);
  let shared: readonly BrokerLink[] = [];
  let openLink: ((clientId: string, more?: Partial<BrokerLinkOptions>) => BrokerLink) | null = null;
  let away: string | null = 'It is not known yet where AWS IoT Core is';
  let closing = false;
  let retrying: NodeJS.Timeout | undefined;

  const things = createThingLinks({
    perLink: settings.connections === 'things' ? 1 : THINGS_PER_POOLED_LINK,
    open: (clientId, onDisconnected) => openLink?.(clientId, { onDisconnected, logger: quietLogger }) ?? null,
    newClientId: () => `cpo-console-${randomUUID()}`,
    onOut: (message) => {
      for (const handler of outHandlers) handler(message);
    },
  });

  function tellLost(message: BusMessage, reason: string): void {
    for (const listener of listeners) listener(message, reason);
  }

  async function connect(): Promise<void> {
    const endpoint = await findEndpoint();
    const configOf = await awsClientConfig({ ...options, sdk, endpoint, files: settings });
    const name = `AWS IoT Core (${endpoint.host})`;
    if (closing) return;
    openLink = (clientId, more) => {
      const link = openBrokerLink({
        ...options,
        ...numbering,
        sdk,
        name,
        config: configOf(clientId),
        words: iamWords,
        // AWS IoT sends again what is not acknowledged while the connection lasts.
        deliveryQos: 1,
        ...more,
      });
      link.onLost(tellLost);
      const { close } = link;
      return {
        ...link,
        async close() {
          await close();
          const { lost, refused, connects } = link.figures();
          past.lost += lost;
          past.refused += refused;
          past.connects += connects;
        },
      };
    };
    const open = openLink;
    shared = Array.from({ length: settings.csmsConnections }, (_, n) => open(`cpo-console-${publisher}-${n}`));
    await Promise.all(shared.map(({ firstAttempt }) => firstAttempt));
    away = null;
    await Promise.all([...subscriptions].flatMap(apply));
    things.openAll();
  }

  async function tryToConnect(): Promise<void> {
    await connect().catch((error: Error) => {
      if (away !== error.message) logger.warn({ reason: error.message }, 'No connection to AWS IoT Core');
      away = error.message;
      if (!closing) retrying = setTimeout(() => void tryToConnect(), RETRY_MS);
    });
  }

  /** Who shares work with others is heard on all connections, everybody else on the first. */
  function apply(subscription: Subscription): Promise<unknown>[] {
    const { filter, handler } = subscription;
    const on = filter.startsWith('$share/') ? shared : shared.slice(0, 1);
    subscription.ends = on.map((link) => link.subscribe(filter, handler));
    return subscription.ends;
  }

  function all(): BrokerLink[] {
    return [...shared, ...things.links()];
  }

  const bus: MessageBus = {
    publish(message) {
      const { topic } = message;
      const thingName = thingOfTopic(topic);
      if ((isInTopic(topic) || isPresenceTopic(topic)) && things.publish(thingName, message)) return;
      // What is said of one charge point stays in order.
      const link = shared[hashOf(thingName) % shared.length];
      if (link === undefined) tellLost(message, away ?? 'It is not connected to AWS IoT Core');
      else link.publish(message);
    },
    async subscribe(filter, handler) {
      if (filter === ALL_OUT) {
        outHandlers.add(handler);
        return async () => void outHandlers.delete(handler);
      }
      const subscription: Subscription = { filter, handler, ends: [] };
      subscriptions.add(subscription);
      await Promise.all(apply(subscription));
      return async () => {
        subscriptions.delete(subscription);
        await Promise.all(subscription.ends.map(async (end) => (await end)()));
      };
    },
    hold: things.hold,
    onLost(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    trouble() {
      if (away !== null) return away;
      for (const link of shared) if (link.trouble() !== null) return link.trouble();
      return mostOf(things.links(SETTLED_AFTER_MS));
    },
    // Most of what others say comes on the first; those of charge points come and go with them.
    joins: () => shared[0]?.figures().connects ?? 0,
    figures: () => sumOf([{ ...past, held: 0 }, ...all().map((link) => link.figures())]),
    async close() {
      closing = true;
      clearTimeout(retrying);
      await things.close();
      await Promise.all(shared.map((link) => link.close()));
    },
  };
  await Promise.race([tryToConnect(), new Promise((resolve) => setTimeout(resolve, FIRST_ATTEMPT_WITHIN_MS).unref())]);
  const stopWatching = await watchPresence({
    bus,
    holds: things.holds,
    onGone: (message) => {
      for (const { filter, handler } of subscriptions) if (filter === ALL_PRESENCE) handler(message);
    },
  });
  return {
    ...bus,
    async close() {
      await stopWatching();
      await bus.close();
    },
  };
}

/** One charge point in trouble is a line in the log, half of them are ours. */
function mostOf(links: readonly BrokerLink[]): string | null {
  const troubles = links.flatMap((link) => link.trouble() ?? []);
  const [first] = troubles;
  if (first === undefined || troubles.length * 2 < links.length) return null;
  return `${troubles.length} of ${links.length} charge points have no connection. ${first}`;
}

function sumOf(figures: readonly BusFigures[]): BusFigures {
  const sum = { held: 0, lost: 0, refused: 0, connects: 0 };
  for (const each of figures) {
    for (const name of ['held', 'lost', 'refused', 'connects'] as const) sum[name] += each[name];
  }
  return sum;
}

/** A whole fleet loses its connections at the same time. */
function quietly(logger: BrokerLinkOptions['logger'], now: () => number): BrokerLinkOptions['logger'] {
  let warnedAt = Number.NEGATIVE_INFINITY;
  return {
    info: () => undefined,
    warn(details, text) {
      if (now() - warnedAt < WARN_EVERY_MS) return;
      warnedAt = now();
      logger.warn(details, text);
    },
  };
}

function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0;
  return hash;
}

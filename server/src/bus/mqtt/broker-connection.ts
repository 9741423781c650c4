import { once } from 'node:events';
import type { mqtt5 } from 'aws-iot-device-sdk-v2';
import type { Sdk } from './client-config.ts';
import type { Carrier } from './outbox.ts';
import { faultInWords, isFailure, type ReasonWords, reasonInWords } from './reasons.ts';

export interface BrokerConnectionOptions {
  sdk: Sdk;
  config: mqtt5.Mqtt5ClientConfig;
  /** What it is called in the log and on the health page, such as `The MQTT broker mqtt://127.0.0.1:1883`. */
  name: string;
  logger: { info(details: object, message: string): void; warn(details: object, message: string): void };
  onMessage: (packet: mqtt5.PublishPacket) => void;
  /** Whom to give messages to from now on; null: nobody. */
  onCarrier: (carrier: Carrier | null) => void;
  /** Of what comes from the broker. */
  deliveryQos: 0 | 1;
  /** Why we may not, or are asked to go. */
  words?: ReasonWords;
  /** `reasonCode`: what the broker said; null when it said nothing. `lastedMs`: how long there was a connection. */
  onDisconnected?: (end: { reasonCode: number | null; lastedMs: number }) => void;
}

/** The one connection of this process to its broker: it comes back by itself, with its subscriptions. */
export interface BrokerConnection {
  /** Resolves when the first attempt has succeeded or failed. */
  readonly firstAttempt: Promise<void>;
  /** Resolves when the broker granted it, or can't just now. */
  subscribe(filter: string): Promise<void>;
  unsubscribe(filter: string): Promise<void>;
  /** Asks again for subscriptions that were denied. */
  retry(): void;
  trouble(): string | null;
  readonly connects: number;
  close(): Promise<void>;
}

/** A retained frame is an old one: it must not reach a charge point each time that we connect. */
const NOT_RETAINED = 2;
const FIRST_ATTEMPT_WITHIN_MS = 3_000;
const CLOSE_WITHIN_MS = 3_000;

export function openBrokerConnection(options: BrokerConnectionOptions): BrokerConnection {
  const {
    sdk,
    config,
    name,
    logger,
    onMessage,
    onCarrier,
    deliveryQos,
    onDisconnected,
    words = reasonInWords,
  } = options;
  const client = new sdk.mqtt5.Mqtt5Client(config);
  const filters = new Set<string>();
  const denied = new Map<string, string>();
  /** Counts connections; even while there is none, so that an answer that comes late is known for one. */
  let generation = 0;
  let connects = 0;
  let isConnected = false;
  let connectedAt = 0;
  let away: string | null = `${name} has not answered yet`;

  function lost(reason: string, sentence: string): void {
    generation += 1;
    isConnected = false;
    onCarrier(null);
    const said = `${name} ${sentence}: ${reason}`;
    if (said !== away) logger.warn({ broker: name, reason }, 'No connection to the MQTT broker');
    away = said;
  }

  async function connected(): Promise<void> {
    generation += 1;
    connects += 1;
    const mine = generation;
    isConnected = true;
    connectedAt = performance.now();
    logger.info({ broker: name }, 'Connected to the MQTT broker');
    denied.clear();
    // All of them before anything is published: an answer may come at once.
    await ask([...filters]);
    if (mine !== generation) return;
    away = null;
    onCarrier({ publish: (packet) => client.publish(packet) });
  }

  async function ask(asked: readonly string[]): Promise<void> {
    const mine = generation;
    await Promise.all(
      asked.map(async (filter) => {
        const problem = await grant(filter);
        if (mine !== generation) return;
        if (problem === null) denied.delete(filter);
        else {
          denied.set(filter, problem);
          logger.warn({ broker: name, filter, reason: problem }, 'The MQTT broker denied a subscription');
        }
      }),
    );
  }

  /** @returns why not */
  async function grant(topicFilter: string): Promise<string | null> {
    try {
      const { reasonCodes } = await client.subscribe({
        subscriptions: [{ topicFilter, qos: deliveryQos, retainHandlingType: NOT_RETAINED }],
      });
      const refused = reasonCodes.find(isFailure);
      return refused === undefined ? null : words(refused, { kind: 'subscribe', topic: topicFilter });
    } catch (error) {
      return faultInWords(error);
    }
  }

  const { promise: firstAttempt, resolve: attempted } = Promise.withResolvers<void>();
  setTimeout(attempted, FIRST_ATTEMPT_WITHIN_MS).unref();
  client.on('connectionSuccess', () => void connected().then(attempted));
  client.on('connectionFailure', ({ error, connack }) => {
    const reason = connack === undefined ? faultInWords(error) : words(connack.reasonCode, { kind: 'connect' });
    lost(reason, connack === undefined ? 'can not be reached' : 'refuses us');
    attempted();
  });
  client.on('disconnection', ({ error, disconnect }) => {
    const reasonCode = disconnect?.reasonCode ?? null;
    lost(reasonCode === null ? faultInWords(error) : words(reasonCode, { kind: 'stay' }), 'is away');
    onDisconnected?.({ reasonCode, lastedMs: performance.now() - connectedAt });
  });
  client.on('messageReceived', ({ message }) => onMessage(message));
  client.on('error', (error) => logger.warn({ broker: name, reason: String(error) }, 'The MQTT client failed'));
  client.start();

  return {
    firstAttempt,
    async subscribe(filter) {
      filters.add(filter);
      if (isConnected) await ask([filter]);
    },
    async unsubscribe(filter) {
      filters.delete(filter);
      denied.delete(filter);
      if (isConnected) await client.unsubscribe({ topicFilters: [filter] }).catch(() => undefined);
    },
    retry() {
      if (isConnected && denied.size > 0) void ask([...denied.keys()]);
    },
    trouble() {
      if (away !== null) return away;
      for (const [filter, reason] of denied) return `${name} denies ${filter}: ${reason}`;
      return null;
    },
    get connects() {
      return connects;
    },
    async close() {
      const stopped = once(client, 'stopped', { signal: AbortSignal.timeout(CLOSE_WITHIN_MS) }).catch(() => undefined);
      client.stop();
      await stopped;
      client.close();
    },
  };
}

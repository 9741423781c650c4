import type { BusFigures, BusMessage, MessageBus } from '../message-bus.ts';
import { topicMatcher } from '../topics.ts';
import { openMqttListener } from './mqtt-listener.ts';

export interface EmbeddedBusOptions {
  /** Opens the bus to other programs on this machine. */
  listen: { host: string; port: number } | null;
  isRegistered: (thingName: string) => boolean;
  /** What other programs that listen in may see of a text; all of it unless given. */
  shown?: (text: string) => string;
}

/** A call always arrives. */
const FIGURES: BusFigures = { held: 0, lost: 0, refused: 0, connects: 0 };

interface Subscription {
  matches: RegExp;
  handler: (message: BusMessage) => void;
}

/**
 * The bus of one process: subscribers are called directly, in the order in which they subscribed. With `listen` an MQTT
 * broker shows the same messages to other programs and takes theirs.
 */
export async function openEmbeddedBus({
  listen,
  isRegistered,
  shown = (text) => text,
}: EmbeddedBusOptions): Promise<MessageBus> {
  let subscriptions: readonly Subscription[] = [];
  const deliver = (message: BusMessage): void => {
    for (const { matches, handler } of subscriptions) if (matches.test(message.topic)) handler(message);
  };
  const outside = listen === null ? null : await openMqttListener({ ...listen, isRegistered, onPublished: deliver });

  return {
    publish(message) {
      // First: an answer is published while its CALL is being delivered.
      if (outside !== null) outside.show({ topic: message.topic, text: shown(message.text) });
      deliver(message);
    },
    async subscribe(filter, handler) {
      const subscription = { matches: topicMatcher(filter), handler };
      subscriptions = [...subscriptions, subscription];
      return async () => {
        subscriptions = subscriptions.filter((each) => each !== subscription);
      };
    },
    hold: () => () => undefined,
    onLost: () => () => undefined,
    figures: () => FIGURES,
    joins: () => 1,
    trouble: () => outside?.trouble() ?? null,
    close: async () => outside?.close(),
  };
}

import type { BusMessage } from '../message-bus.ts';
import type { BrokerConnectionOptions } from '../mqtt/broker-connection.ts';
import type { BrokerLink } from '../mqtt/broker-link.ts';
import { outTopic } from '../topics.ts';

export interface ThingLinksOptions {
  /** How many charge points share a connection: one, or as many as AWS lets one connection subscribe to. */
  perLink: number;
  /** Null for as long as it is not known where to connect to. */
  open: (clientId: string, onDisconnected: NonNullable<BrokerConnectionOptions['onDisconnected']>) => BrokerLink | null;
  newClientId: () => string;
  onOut: (message: BusMessage) => void;
}

/** The connections of the charge points whose sockets are here. */
export interface ThingLinks {
  hold(thingName: string, onTakenOver: () => void): () => void;
  /** @returns false for what is of a charge point that is not here, nor was a moment ago */
  publish(thingName: string, message: BusMessage): boolean;
  holds(thingName: string): boolean;
  /** Opens those that could not be before. */
  openAll(): void;
  /** Those that were opened so long ago. */
  links(beforeMs?: number): BrokerLink[];
  close(): Promise<void>;
}

interface Slot {
  clientId: string;
  link: BrokerLink | null;
  openedAt: number;
  things: Map<string, Held>;
  quickEnds: number;
}

interface Held {
  onTakenOver: (() => void) | null;
  unsubscribe: Promise<() => Promise<void>> | null;
  /** Said before it listens: the answer would be missed. Null once it does. */
  early: BusMessage[] | null;
}

/** Session taken over. @see MQTT 5.0, 3.14.2.1 */
const TAKEN_OVER = 0x8e;
/** Some brokers don't say so, they hang up: this often in a row, each time as soon as we are connected. */
const QUICK_MS = 5_000;
const QUICK_ENDS = 3;
/** A charge point that comes back at once finds its connection, and AWS is asked for one a second at most. */
const LINGER_MS = 1_000;

export function createThingLinks({ perLink, open, newClientId, onOut }: ThingLinksOptions): ThingLinks {
  const slots = new Map<string, Slot>();

  function slotFor(thingName: string): Slot {
    const free = perLink > 1 ? [...new Set(slots.values())].find(({ things }) => things.size < perLink) : undefined;
    const clientId = perLink > 1 ? newClientId() : thingName;
    const slot = free ?? { clientId, link: null, openedAt: performance.now(), things: new Map(), quickEnds: 0 };
    slots.set(thingName, slot);
    return slot;
  }

  function connect(slot: Slot): void {
    slot.link ??= open(slot.clientId, ({ reasonCode, lastedMs }) => {
      slot.quickEnds = reasonCode === null && lastedMs < QUICK_MS ? slot.quickEnds + 1 : 0;
      // Not in here: the client is in the middle of telling us.
      if (reasonCode === TAKEN_OVER || slot.quickEnds >= QUICK_ENDS) queueMicrotask(() => takenOver(slot));
    });
    const { link } = slot;
    if (link === null) return;
    for (const [thingName, held] of slot.things) {
      held.unsubscribe ??= link.subscribe(outTopic(thingName), onOut).finally(() => {
        for (const message of held.early ?? []) link.publish(message);
        held.early = null;
      });
    }
  }

  /** Two that fight for one client id would go on for ever: the newer one has it. */
  function takenOver(slot: Slot): void {
    for (const [thingName, { onTakenOver }] of slot.things) {
      slots.delete(thingName);
      onTakenOver?.();
    }
    slot.things.clear();
    void slot.link?.close();
  }

  async function drop(thingName: string): Promise<void> {
    const slot = slots.get(thingName);
    const held = slot?.things.get(thingName);
    if (slot === undefined || held === undefined) return;
    slots.delete(thingName);
    slot.things.delete(thingName);
    if (slot.things.size === 0) await slot.link?.close();
    else await (await held.unsubscribe)?.();
  }

  return {
    hold(thingName, onTakenOver) {
      const slot = slots.get(thingName) ?? slotFor(thingName);
      const held: Held = slot.things.get(thingName) ?? { onTakenOver, unsubscribe: null, early: [] };
      held.onTakenOver = onTakenOver;
      slot.things.set(thingName, held);
      connect(slot);
      return () => {
        // A newer socket of the same charge point has it.
        if (held.onTakenOver !== onTakenOver) return;
        held.onTakenOver = null;
        setTimeout(() => {
          if (held.onTakenOver === null && slots.get(thingName) === slot) void drop(thingName);
        }, LINGER_MS).unref();
      };
    },
    publish(thingName, message) {
      const slot = slots.get(thingName);
      const held = slot?.things.get(thingName);
      if (slot?.link == null || held === undefined) return false;
      if (held.early === null) slot.link.publish(message);
      else held.early.push(message);
      return true;
    },
    holds: (thingName) => slots.get(thingName)?.things.get(thingName)?.onTakenOver != null,
    openAll() {
      for (const slot of new Set(slots.values())) connect(slot);
    },
    links(beforeMs = 0) {
      const since = performance.now() - beforeMs;
      return [...new Set(slots.values())].flatMap(({ link, openedAt }) => (openedAt <= since ? (link ?? []) : []));
    },
    async close() {
      const all = new Set(slots.values());
      slots.clear();
      await Promise.all([...all].map(({ link }) => link?.close()));
    },
  };
}

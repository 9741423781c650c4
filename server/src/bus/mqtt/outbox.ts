import type { mqtt5 } from 'aws-iot-device-sdk-v2';
import type { BusMessage } from '../message-bus.ts';
import { MAX_PAYLOAD_BYTES } from './incoming.ts';
import { numberProperty } from './publisher-number.ts';
import { faultInWords, isFailure, type ReasonWords, reasonInWords } from './reasons.ts';

/** What one connection to the broker can do for us. */
export interface Carrier {
  publish(packet: mqtt5.PublishPacket): Promise<mqtt5.PublishCompletionResult>;
}

export interface OutboxOptions {
  /** Names this process in what it publishes. */
  publisher: string;
  /** Rises with every message of this process. */
  nextNumber: () => number;
  now: () => number;
  /** How long a frame is worth carrying, unless it says so itself. */
  frameLifeMs: number;
  onLost: (message: BusMessage, reason: string) => void;
  words?: ReasonWords;
}

/** Published and not acknowledged: in this order it goes to the broker, and again to the next connection. */
export interface Outbox {
  put(message: BusMessage): void;
  /** From now on messages go there, first those that are left; null: they wait. */
  use(carrier: Carrier | null): void;
  /** Gives up what has waited for too long. */
  sweep(): void;
  readonly size: number;
  /** Why the broker takes nothing, if that is what it said last. */
  readonly refusal: string | null;
}

interface Held {
  message: BusMessage;
  number: number;
  expiresAt: number;
  /** The connection that it was last given to. */
  carrier: Carrier | null;
}

/** What waits for a broker, in characters: enough for minutes of a large fleet. */
const MAX_WAITING = 64 * 1024 * 1024;
const AT_LEAST_ONCE = 1;

export function createOutbox(options: OutboxOptions): Outbox {
  const { publisher, nextNumber, now, frameLifeMs, onLost, words = reasonInWords } = options;
  const held = new Map<number, Held>();
  let heldLength = 0;
  let carrier: Carrier | null = null;
  let refusal: string | null = null;

  function drop(entry: Held): void {
    if (held.delete(entry.number)) heldLength -= entry.message.text.length;
  }

  function lose(entry: Held, reason: string): void {
    drop(entry);
    onLost(entry.message, reason);
  }

  function send(entry: Held, to: Carrier): void {
    entry.carrier = to;
    to.publish(packetOf(entry)).then(
      (ack) => acknowledged(entry, ack),
      (error: unknown) => failed(entry, to, error),
    );
  }

  function packetOf({ message, number, expiresAt }: Held): mqtt5.PublishPacket {
    const packet: mqtt5.PublishPacket = {
      topicName: message.topic,
      payload: message.text,
      qos: AT_LEAST_ONCE,
      userProperties: [numberProperty(publisher, number)],
    };
    // Nobody should act on what comes late, wherever it was held up.
    if (Number.isFinite(expiresAt)) {
      packet.messageExpiryIntervalSeconds = Math.max(1, Math.ceil((expiresAt - now()) / 1000));
    }
    return packet;
  }

  function acknowledged(entry: Held, ack: mqtt5.PublishCompletionResult): void {
    if (!held.has(entry.number)) return;
    const reasonCode = ack?.reasonCode ?? 0;
    if (isFailure(reasonCode)) {
      const { topic } = entry.message;
      refusal = `The broker refused ${topic}: ${words(reasonCode, { kind: 'publish', topic })}`;
      return lose(entry, refusal);
    }
    refusal = null;
    drop(entry);
  }

  /** What fails with its connection goes out again on the next one; the client says so sooner or later than the connection. */
  function failed(entry: Held, from: Carrier, error: unknown): void {
    if (!held.has(entry.number) || entry.carrier !== from || String(error).includes('OFFLINE_QUEUE_POLICY')) return;
    lose(entry, `The broker did not take it: ${faultInWords(error)}`);
  }

  function sweep(): void {
    const at = now();
    for (const entry of held.values()) {
      if (entry.expiresAt <= at) lose(entry, 'The broker was away for too long');
    }
  }

  return {
    put(message) {
      const { text, presence, answerWithinMs = frameLifeMs } = message;
      // Who is connected must be known however late it is heard of.
      const isLasting = presence !== undefined;
      if (text.length * 3 > MAX_PAYLOAD_BYTES && Buffer.byteLength(text) > MAX_PAYLOAD_BYTES) {
        return onLost(message, 'It is larger than 128 KiB');
      }
      if (heldLength > MAX_WAITING && !isLasting) return onLost(message, 'Too much waits for the broker');
      const expiresAt = isLasting ? Number.POSITIVE_INFINITY : now() + answerWithinMs;
      const entry: Held = { message, number: nextNumber(), expiresAt, carrier: null };
      held.set(entry.number, entry);
      heldLength += text.length;
      if (carrier !== null) send(entry, carrier);
    },
    use(next) {
      carrier = next;
      if (next === null) return;
      sweep();
      for (const entry of held.values()) send(entry, next);
    },
    sweep,
    get size() {
      return held.size;
    },
    get refusal() {
      return refusal;
    },
  };
}

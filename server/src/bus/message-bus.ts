import type { InspectedFrame } from '@cpo-console/shared/ocpp-j/inspect-frame.ts';
import type { Presence } from './presence.ts';

export interface BusMessage {
  topic: string;
  /** The OCPP-J frame exactly as it was on the wire; for presence topics a Presence as JSON. */
  text: string;
  /** What a publisher in this process found out about the text already, so that nobody parses it twice. */
  inspected?: InspectedFrame;
  /** The same for a presence. */
  presence?: Presence;
  /** Of a CALL: how long its sender waits for the answer. */
  answerWithinMs?: number;
}

/** What a bus says of itself for metrics. */
export interface BusFigures {
  /** Messages that wait for their broker to come back, or to acknowledge them. */
  held: number;
  /** Since the start: messages that were given up. */
  lost: number;
  /** Since the start: messages from outside that were not taken. */
  refused: number;
  /** Since the start: how often a connection was made. */
  connects: number;
}

/**
 * Carries frames between gateway and csms: in order per publisher and topic, each one at most once. Filters are MQTT's.
 * Handlers must not throw and are called one after another; slow work goes on behind them.
 */
export interface MessageBus {
  publish(message: BusMessage): void;
  /** Resolves when messages come, or at once when they can't just now: then they do as soon as they can. */
  subscribe(filter: string, handler: (message: BusMessage) => void): Promise<() => Promise<void>>;
  /**
   * This process has the charge point's socket from now on. `onTakenOver`: another process has it now, so that this one's
   * must go. @returns to be called when the socket has gone
   */
  hold(thingName: string, onTakenOver: () => void): () => void;
  /** Hears of what was published here and is not known to have been carried. */
  onLost(listener: (message: BusMessage, reason: string) => void): () => void;
  /** One line for the health page when it can't carry messages just now, else null. */
  trouble(): string | null;
  figures(): BusFigures;
  /** How often it began to hear others: what they said in between never came. */
  joins(): number;
  close(): Promise<void>;
}

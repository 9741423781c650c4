import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { InspectedFrame } from '@cpo-console/shared/ocpp-j/inspect-frame.ts';

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

/** The newest connection of a charge point, announced by the gateway that holds it. */
export interface Presence {
  connectionId: string;
  instance: string;
  /** Rises with every connection of the thing; an announcement with a lower one is stale. */
  epoch: number;
  connected: boolean;
  protocol: OcppVersion;
  remoteAddress: string;
}

/**
 * Carries frames between gateway and csms: at-least-once, in order per publisher and topic. Filters are MQTT's.
 * Handlers must not throw and are called one after another; slow work goes on behind them.
 */
export interface MessageBus {
  publish(message: BusMessage): void;
  subscribe(filter: string, handler: (message: BusMessage) => void): Promise<() => Promise<void>>;
  /** One line for the health page when it can't carry messages just now, else null. */
  trouble(): string | null;
  close(): Promise<void>;
}

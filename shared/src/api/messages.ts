import type { LogDirection, LogKind } from '../message-log/log-row.ts';
import type { OcppVersion, Violation } from '../ocpp-j/frame.ts';
import type { Page } from './page.ts';

export interface Message {
  id: string;
  thingName: string;
  connectionId: string;
  at: string;
  direction: LogDirection;
  kind: LogKind;
  action: string | null;
  messageId: string | null;
  frame: string;
  /** Secrets in the frame were replaced by `•••` before it was kept. */
  masked?: true;
  bytes: number;
  latencyMs?: number;
  errorCode?: string;
  violations?: Violation[];
  /** The other half of its exchange; null when there is none. Where it was asked for. */
  partnerId?: string | null;
  /** A CALL whose message id its sender had used before on the same connection. */
  repeatsId?: boolean;
}

/** A page with the other halves of its exchanges that are not on it. */
export interface MessagePage extends Page<Message> {
  partners?: Message[];
  /** Present when the search took too long for one answer: how far it has come. */
  searchedTo?: string | null;
}

/** A message with the other half of its exchange, newest first, and what both belong to. */
export interface MessageExchange {
  items: Message[];
  /** null where the log does not reach back to the beginning of the connection. */
  protocol: OcppVersion | null;
  /** Of the session's own page. */
  sessionId: string | null;
  commandId: string | null;
}

import type { OcppVersion, Violation } from '../ocpp-j/frame.ts';

export type LogKind = 'call' | 'result' | 'error' | 'send' | 'event' | 'malformed';
export type LogDirection = 'in' | 'out';

/**
 * One line of the message log: a frame as it was on the wire, or something that happened to a connection.
 * `in` is from the charge point, `out` is to it; events are `in`.
 */
export interface LogRow {
  /** Position in the log, rising by the order of arrival. */
  id: number;
  thingName: string;
  /** Empty for a handshake that was refused. */
  connectionId: string;
  /** Milliseconds since the epoch. */
  at: number;
  direction: LogDirection;
  kind: LogKind;
  /** A CALL's action, and the same for its answer. For an event its name, see LogEventName. */
  action: string | null;
  messageId: string | null;
  /** The text exactly as it was on the wire; for an event its details as JSON, see LogEvent. */
  frame: string;
  /** For an answer: milliseconds since its CALL. */
  latencyMs: number | null;
  errorCode: string | null;
  violations: Violation[] | null;
}

export type RefusalReason =
  | 'not-registered'
  | 'bad-credentials'
  | 'credentials-missing'
  | 'unauthenticated-not-allowed'
  | 'bad-identity'
  | 'no-common-subprotocol'
  | 'too-many-attempts'
  | 'identity-conflict'
  | 'lower-security-profile'
  | 'wrong-path'
  | 'registry-unavailable'
  | 'shutting-down'
  | 'certificate-missing'
  | 'certificate-of-another'
  | 'certificate-expired'
  | 'certificate-not-yet-valid'
  | 'certificate-revoked'
  | 'certificate-untrusted'
  | 'certificate-organization'
  | 'tls-not-spoken'
  | 'tls-version'
  | 'tls-suites'
  | 'tls-distrusted'
  | 'tls-timeout'
  | 'tls-failed';

/** What the `frame` of an `event` row holds, by its `action`. */
export interface LogEvent {
  connected: { protocol: OcppVersion; remoteAddress: string; instance: string };
  disconnected: { code: number; reason: string };
  refused: { reason: RefusalReason; remoteAddress: string; offeredProtocols: string[] };
  /** It connected with the right credential while its older connection, to whose row this belongs, was alive. */
  'identity-conflict': { remoteAddress: string; olderRemoteAddress: string };
  /** A frame for the charge point that was not sent: it broke the schema, or nothing could take it. */
  undelivered: { reason: string; frame: string };
  /** Somebody ended a session by hand. */
  'session-closed': { transactionId: string; by: string };
}
export type LogEventName = keyof LogEvent;

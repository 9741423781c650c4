import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { Records } from '../../charge-points/records.ts';
import type { Shadows } from '../../registry/shadows.ts';
import type { VendorMessage } from '../data-transfer/vendor-messages.ts';
import type { Logger } from '../logger.ts';

/** Who called, and when by our clock. */
export interface Call {
  thingName: string;
  version: OcppVersion;
  /** Milliseconds since the epoch. */
  now: number;
}

type Exchange<Messages, Action extends keyof Messages> = Messages[Action] extends {
  request: infer Q;
  response: infer R;
}
  ? { request: Q; response: R }
  : never;

/**
 * Answers one action of one version. An answer that needs storing is a promise, and is sent when it is stored.
 * `request` kept its schema but for the rules in tolerance.ts: a text may be too long, an enum's value new, a time unreadable.
 */
export type Handler<Messages, Action extends keyof Messages> = (
  request: Exchange<Messages, Action>['request'],
  call: Call,
) => Exchange<Messages, Action>['response'] | Promise<Exchange<Messages, Action>['response']>;

/** Takes a SEND of one action, which is never answered. */
export type SendHandler<Messages, Action extends keyof Messages> = (
  request: Messages[Action] extends { request: infer Q } ? Q : never,
  call: Call,
) => Promise<void>;

export type Handlers<Messages> = { [Action in keyof Messages]?: Handler<Messages, Action> };

export interface CsmsSettings {
  /** How often a charge point is told to send a Heartbeat. */
  heartbeatIntervalSeconds: number;
  /** What a token that nobody registered gets. */
  unknownTokens: 'Invalid' | 'Accepted';
}

export interface HandlerDeps extends Records {
  shadows: Pick<Shadows, 'report'>;
  settings: CsmsSettings;
  /** Data outside of the specification that we understand. */
  vendorMessages: readonly VendorMessage[];
  /** A random integer from 1 to 2³¹ − 1: the id of an OCPP 1.6 transaction. */
  newTransactionNumber: () => number;
  logger: Logger;
}

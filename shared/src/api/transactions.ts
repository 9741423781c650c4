import type { OcppVersion } from '../ocpp-j/frame.ts';

/** A charging session. `transactionId` is the one on the wire; `id` is ours. */
export interface Transaction {
  id: string;
  thingName: string;
  transactionId: string;
  protocol: OcppVersion;
  evseId: number | null;
  connectorId: number | null;
  idToken: string | null;
  startedAt: string;
  /** false: its beginning was never reported; `startedAt` is then the earliest that is known. */
  startSeen: boolean;
  /** OCPP 2.x: what made it begin and end, in the charge point's word. */
  startTrigger: string | null;
  remoteStartId: number | null;
  stoppedAt: string | null;
  stopReason: string | null;
  stopTrigger: string | null;
  /** The token that ended it, where the charge point told. */
  stopIdToken: string | null;
  /** Wh. */
  meterStart: number | null;
  /** Wh. */
  meterStop: number | null;
  energyWh: number | null;
  /** The last known, in W. */
  powerW: number | null;
  chargingState: string | null;
  /** In which energy flowed, as the charge point counted. */
  chargingSeconds: number | null;
  active: boolean;
  /** Why it seems to have ended without our hearing of it; null: it does not. */
  stuck: StuckReason | null;
  closedBy: string | null;
  /** Whether part of it happened while the charge point was offline. */
  offline: boolean;
  /** OCPP 2.x: sequence numbers that never came, both ends included. */
  missingEvents: { from: number; to: number }[];
  /** By our clock: between them the log has its frames. */
  firstReceivedAt: string | null;
  lastReceivedAt: string | null;
}

/** Nothing was heard of it for long, and the charge point is away, has a later session there, a free connector, or is registered no more. */
export type StuckReason = 'offline' | 'newer-session' | 'connector-free' | 'unregistered';

/** One session with what the charge point said when asked about it. @see OCPP 2.0.1 part 2, E14 */
export interface TransactionDetail extends Transaction {
  askedStatus: { ongoing: boolean | null; messagesInQueue: boolean; at: string } | null;
}

export interface SampledValue {
  value: number | null;
  raw: string;
  measurand: string;
  unit: string;
  phase: string | null;
  context: string | null;
  location: string | null;
  /** The power of ten by which `raw` was multiplied. */
  multiplier: number;
  /** As the meter signed it; then `value` may be null. */
  signed: SignedValue | null;
}

export interface SignedValue {
  data: string;
  method: string | null;
  encoding: string | null;
  publicKey: string | null;
}

export interface MeterValue {
  at: string;
  samples: SampledValue[];
}

import type { LogDirection } from '../message-log/log-row.ts';
import type { OcppVersion } from '../ocpp-j/frame.ts';
import type { SequenceRanges } from './sequence-ranges.ts';

/**
 * What a charge point's log says about it. Plain JSON, bounded in size. Times are milliseconds since the epoch;
 * what happened at the charge point carries its own time where it sent a readable one. `null`: not known.
 */
export interface ChargePointState {
  thingName: string;
  connected: boolean;
  /** Of the current or last connection, as are instance, protocol and remoteAddress. */
  connectionId: string | null;
  /** The gateway that holds it. */
  instance: string | null;
  /** A connection that began while this one lasted and was taken for an earlier one by its time. */
  passedOver: string | null;
  connectedAt: number | null;
  disconnectedAt: number | null;
  protocol: OcppVersion | null;
  remoteAddress: string | null;
  /** When the charge point last said something. */
  lastSeenAt: number | null;
  boot: BootState | null;
  /** A restart that it agreed to, until it boots. */
  reset: ResetState | null;
  chargingStation: ChargingStation | null;
  /** What it said about connector 0 (1.6) or EVSE 0 (2.x): the charge point as a whole. */
  station: StatusReport | null;
  /** Ordered by EVSE and connector. */
  connectors: ConnectorState[];
  /** What ChangeAvailability last asked for and was not refused, by place. */
  availability: AvailabilityState[];
  /** Those that go on, oldest first. */
  transactions: TransactionState[];
  /** Ids of the last ended ones, so that a late message does not bring one back. */
  endedTransactionIds: string[];
  configuration: ConfigurationEntry[];
  localListVersion: number | null;
  firmwareStatus: JobStatus | null;
  /** OCPP 1.6 DiagnosticsStatusNotification. */
  diagnosticsStatus: JobStatus | null;
  /** LogStatusNotification: 2.x and the security extension of 1.6. */
  logStatus: JobStatus | null;
  /** The newest last. */
  recentEvents: StateEvent[];
  /** CALLs without an answer so far, both directions, on the current connection. */
  pending: PendingCall[];
  counters: Counters;
}

export interface BootState {
  /** What we answered; null before that. */
  status: string | null;
  at: number;
  /** OCPP 2.x only. */
  reason: string | null;
  /** Seconds: between heartbeats when accepted, else until the next attempt. */
  interval: number | null;
}

export interface ResetState {
  at: number;
  /** `Accepted`, `Scheduled`; null when the connection ended before it answered. */
  status: string | null;
  /** `Hard`, `Soft`, `Immediate`, `OnIdle`. */
  type: string | null;
  /** OCPP 2.x: of this EVSE only. */
  evseId: number | null;
}

/** As OCPP 2.x names things. */
export interface ChargingStation {
  vendorName: string | null;
  model: string | null;
  serialNumber: string | null;
  firmwareVersion: string | null;
  modem: { iccid: string | null; imsi: string | null };
}

export interface StatusReport {
  /** In the version's own words: `Charging` in 1.6, `Occupied` in 2.x. */
  status: string;
  errorCode?: string;
  info?: string;
  vendorErrorCode?: string;
  /** Since when the status has been what it is. */
  since: number;
}

export interface ConnectorState extends StatusReport {
  /** null in OCPP 1.6, which has no EVSEs. */
  evseId: number | null;
  connectorId: number;
}

export interface AvailabilityState {
  /** null in OCPP 1.6; 0: the station. */
  evseId: number | null;
  /** OCPP 1.6: 0 is the charge point. OCPP 2.x: null is the EVSE as a whole. */
  connectorId: number | null;
  wanted: 'Operative' | 'Inoperative';
  askedAt: number;
  /** null while it is scheduled: a session is still to end. */
  doneAt: number | null;
}

export interface TransactionState {
  /** In 1.6 the decimal digits of the number. */
  transactionId: string;
  evseId: number | null;
  connectorId: number | null;
  idToken: string | null;
  startedAt: number;
  meterStartWh: number | null;
  /** Delivered so far. */
  energyWh: number | null;
  powerW: number | null;
  /** State of charge in percent. */
  soc: number | null;
  /** `Charging`, `SuspendedEV`, … in the words of 2.x. */
  chargingState: string | null;
  lastMeterAt: number | null;
  /** Whether its beginning was seen, so that its first reading is its meter start. */
  startSeen: boolean;
  /** Of what happened last by the charge point's own clock. */
  lastEventAt: number;
  /** OCPP 2.x: the sequence numbers of its events so far. */
  seen: SequenceRanges;
}

export interface ConfigurationEntry {
  /** 1.6: the key. 2.x: `Component/Variable`, with instances, place and attribute where they matter. Unique. */
  key: string;
  /** null in OCPP 1.6. */
  component: { name: string; instance: string | null; evseId: number | null; connectorId: number | null } | null;
  variable: { name: string; instance: string | null };
  /** `Actual`, `Target`, `MinSet`, `MaxSet`; always `Actual` in 1.6. */
  attribute: string;
  /** null also for a secret, see masked. */
  value: string | null;
  masked: boolean;
  readonly: boolean | null;
  at: number;
}

export interface JobStatus {
  status: string;
  requestId: number | null;
  at: number;
}

export interface StateEvent {
  at: number;
  name:
    | 'connected'
    | 'disconnected'
    | 'refused'
    | 'identity-conflict'
    | 'undelivered'
    | 'booted'
    | 'status'
    | 'transaction-started'
    | 'transaction-ended'
    | 'security-event'
    | 'station-event'
    | 'call-error';
  /** For people, from the charge point's own words: show it as text. */
  detail: string;
}

export interface PendingCall {
  messageId: string;
  /** Of the CALL. */
  direction: LogDirection;
  action: string;
  at: number;
  /** What its answer will be needed for. */
  remembered: Remembered | null;
}

export type Remembered =
  | { kind: 'transaction-start'; start: TransactionState }
  | { kind: 'reset'; type: string | null; evseId: number | null }
  | { kind: 'configuration'; entries: ConfigurationEntry[] }
  | { kind: 'local-list'; version: number }
  | { kind: 'availability'; asked: AvailabilityState };

export interface Counters {
  framesIn: number;
  framesOut: number;
  malformed: number;
  /** CALLERRORs and CALLRESULTERRORs, both directions. */
  errors: number;
  /** Frames that broke their schema. */
  violations: number;
}

/** How much of each is kept. A charge point decides what it sends, not how much of our memory it takes. */
export const LIMITS = {
  connectors: 256,
  transactions: 256,
  endedTransactionIds: 32,
  configuration: 2_000,
  recentEvents: 50,
  pending: 32,
  text: 500,
  value: 2_500,
} as const;

/** What most states have in common is there once, not once for each of ten thousand charge points. */
export const NONE: never[] = Object.freeze([]) as never;
const NO_FRAMES: Counters = Object.freeze({ framesIn: 0, framesOut: 0, malformed: 0, errors: 0, violations: 0 });

export function initialState(thingName: string): ChargePointState {
  return {
    thingName,
    connected: false,
    connectionId: null,
    instance: null,
    passedOver: null,
    connectedAt: null,
    disconnectedAt: null,
    protocol: null,
    remoteAddress: null,
    lastSeenAt: null,
    boot: null,
    reset: null,
    chargingStation: null,
    station: null,
    connectors: NONE,
    availability: NONE,
    transactions: NONE,
    endedTransactionIds: NONE,
    configuration: NONE,
    localListVersion: null,
    firmwareStatus: null,
    diagnosticsStatus: null,
    logStatus: null,
    recentEvents: NONE,
    pending: NONE,
    counters: NO_FRAMES,
  };
}

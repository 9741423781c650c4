import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { Configuration } from './configuration.ts';
import type { FileTransfer } from './firmware-and-logs.ts';
import type { Hardware } from './hardware.ts';
import type { Reading } from './meter.ts';
import type { Reply } from './rpc-link.ts';
import type { StoredProfile } from './smart-charging.ts';
import type { Payload } from './wire-values.ts';

export interface Call {
  action: string;
  payload: Payload;
}

/** One EVSE with its one connector; both have the same number. */
export interface Connector {
  id: number;
  operative: boolean;
  faulted: boolean;
  reservationId: number | null;
  /** The only token that may use it while it is reserved. */
  reservedFor: string | null;
  phase: 'idle' | 'plugged' | 'charging' | 'finishing';
  meterWh: number;
  session: ChargingSession | null;
}

export interface SessionRequest {
  idToken: string;
  tokenType: string;
  /** 2.x: ties the session to the request that started it. */
  remoteStartId?: number;
  remote: boolean;
  /** Charges also when the CSMS refuses the token, as a charge point does that is free for everyone. */
  freeForAll?: true;
  seconds: number;
}

export interface ChargingSession {
  request: SessionRequest;
  connectorId: number;
  /** The id on the wire: ours in 2.x, the CSMS' in 1.6. */
  transactionId: string | null;
  startedAt: number;
  meterStartWh: number;
  /** When the energy below was counted last. */
  meteredAt: number;
  chargedWh: number;
  /** Of the reservation that it uses. */
  reservationId: number | null;
  seqNo: number;
  ending: AbortSignal;
  stopReason: string;
  end(reason: string): void;
  readonly ended: Promise<void>;
}

/** What commands and sessions may use of a simulated charge point. */
export interface Station {
  readonly version: OcppVersion;
  readonly hardware: Hardware;
  readonly configuration: Configuration;
  readonly connectors: ReadonlyMap<number, Connector>;
  readonly chargingProfiles: Map<number, StoredProfile>;
  readonly files: FileTransfer;
  readonly localList: { version: number };
  /** While the CSMS has not accepted us yet: asks it again at once. */
  readonly pendingBoot: { retryNow: (() => void) | null };
  now(): number;
  newId(): string;
  /** Sends as soon as the CSMS has accepted us, again after a lost connection. Null when we were stopped before. */
  deliver(call: Call): Promise<Payload | null>;
  /** Sends if the CSMS has accepted us, else drops: news that would be stale later. */
  notify(call: Call): void;
  /** Tells, in the version's own way, how a connector stands. */
  notifyStatus(connector: Connector): void;
  /** Sends at once, also while the boot is still pending. */
  sendTriggered(call: Call): void;
  sendBoot(): void;
  startSession(connectorId: number, request: SessionRequest): boolean;
  restart(): void;
  tokenRefused(request: SessionRequest, status: string): void;
}

/** How one OCPP version puts it. */
export interface Dialect {
  boot(station: Station, reason: string): Call;
  status(station: Station, connector: Connector): Call;
  /** What goes out beside the status when a fault comes or goes. */
  faultEvents(station: Station, connector: Connector): Call[];
  /** Authorises and opens the transaction; false when the token was not accepted. */
  open(station: Station, session: ChargingSession, connector: Connector): Promise<boolean>;
  sample(station: Station, session: ChargingSession, reading: Reading): Promise<void>;
  close(station: Station, session: ChargingSession, reading: Reading): Promise<void>;
}

export type Command = (station: Station, payload: Payload) => Reply;

export function result(payload: Payload, then?: () => void): Reply {
  return then === undefined ? { kind: 'result', payload } : { kind: 'result', payload, then };
}

export function timestamp(station: Station): string {
  return new Date(station.now()).toISOString();
}

/** The connector with this number; all of them for 0 or none. */
export function chosenConnectors(station: Station, id: number | undefined): Connector[] {
  if (id === undefined || id === 0) return [...station.connectors.values()];
  const connector = station.connectors.get(id);
  return connector === undefined ? [] : [connector];
}

/** One that can charge with this token right now. */
export function freeConnector(station: Station, id: number | undefined, idToken: string | null): Connector | undefined {
  return chosenConnectors(station, id).find(
    ({ operative, faulted, session, phase, reservedFor }) =>
      operative &&
      !faulted &&
      session === null &&
      phase === 'idle' &&
      (reservedFor === null || reservedFor === idToken),
  );
}

export function sessionOf(station: Station, transactionId: string): ChargingSession | null {
  for (const { session } of station.connectors.values()) {
    if (session !== null && session.transactionId === transactionId) return session;
  }
  return null;
}

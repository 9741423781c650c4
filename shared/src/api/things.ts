import type { RefusalReason } from '../message-log/log-row.ts';
import type { OcppVersion } from '../ocpp-j/frame.ts';
import type { ChargePointState } from '../projection/charge-point-state.ts';

export type AuthType = 'none' | 'basic' | 'certificate';

/** Of OCPP: 0 nothing, 1 password, 2 password over TLS, 3 client certificate. */
export type SecurityProfile = 0 | 1 | 2 | 3;

export type OverallState = 'connected' | 'charging' | 'faulted' | 'booting' | 'offline' | 'never-seen';

export interface Thing {
  thingName: string;
  attributes: Record<string, string>;
  tags: string[];
  auth: {
    type: AuthType;
    /** Since when it may come with a new password as well as with the old one; null: no. */
    passwordOfferedAt: string | null;
    /** It has come with this one, 2 or 3, and gets in with no lower one; null: with any that its type allows. */
    securityProfile: SecurityProfile | null;
  };
  /** Only as these may a recorded log be run again. */
  sandbox: boolean;
  /** Of the current or last connection. */
  protocol: OcppVersion | null;
  connected: boolean;
  lastSeenAt: string | null;
  createdAt: string;
  overall: OverallState;
  state: ChargePointState;
}

export interface NewThing {
  thingName: string;
  attributes?: Record<string, string>;
  tags?: string[];
  auth?: { type: AuthType };
  sandbox?: boolean;
}

/** The answer to POST /things and POST /things/{name}/credentials: secrets are shown this once. */
export interface RegisteredThing extends Thing {
  credentials: { password?: string; certificatePem?: string; privateKeyPem?: string };
  /** The addresses to configure in the charge point. */
  urls: string[];
}

/** Tags for many charge points at once. */
export interface TagChange {
  thingNames: string[];
  add?: string[];
  remove?: string[];
}

/** The answer to POST /things/import; rows with a fault are left out, the others registered. */
export interface ThingImport {
  preview: boolean;
  created: number;
  failed: number;
  rows: {
    line: number;
    thingName: string;
    ok: boolean;
    message?: string;
    /** Shown this once. */
    password?: string;
    urls?: string[];
  }[];
}

export interface FleetSummary {
  total: number;
  byState: Record<OverallState, number>;
  activeTransactions: number;
  messagesPerSecond: number;
  /** Messages in each of the last 60 seconds, oldest first. */
  messagesLastMinute: number[];
}

/** A charge point that was refused at the handshake, newest first, one entry per identity and reason. */
export interface DoorEntry {
  thingName: string;
  reason: RefusalReason;
  remoteAddress: string;
  offeredProtocols: string[];
  tries: number;
  firstAt: string;
  lastAt: string;
}

export interface Shadow {
  thingName: string;
  version: number;
  state: { reported: Record<string, unknown>; desired: Record<string, unknown> };
  /** Seconds since the epoch, as AWS IoT keeps it. */
  timestamp: number;
}

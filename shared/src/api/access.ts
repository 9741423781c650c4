/** The JSON shapes of what stands around id tokens. */
import type { Command } from './commands.ts';
import type { MeterValue } from './transactions.ts';

/** A token that charge points asked about and nobody has registered: the last place and time, and how often. */
export interface UnknownToken {
  idToken: string;
  /** null in OCPP 1.6, which has no types. */
  type: string | null;
  thingName: string;
  tries: number;
  firstAt: string;
  lastAt: string;
}

/** What still counts on a token. */
export interface IdTokenUses {
  /** Those that go on. */
  sessions: { id: string; thingName: string; transactionId: string }[];
  /** How many tokens have it as their group. */
  groupMembers: number;
  /** Charge points whose local list holds it. */
  localLists: string[];
}

/** One row of an imported file: what became of it, or what is wrong with it. */
export interface IdTokenImportRow {
  line: number;
  idToken: string;
  outcome: 'added' | 'replaced' | 'refused';
  message?: string;
}

/** A file with a refused row changes nothing: then `imported` is 0. */
export interface IdTokenImport {
  preview: boolean;
  imported: number;
  refused: number;
  rows: IdTokenImportRow[];
}

/**
 * `unknown`: never sent nor asked. `pending`: sent, without an answer so far. `out-of-step`: it has not what was last sent, or
 * the registry says something else by now.
 */
export type LocalListState = 'unknown' | 'pending' | 'in-step' | 'out-of-step' | 'not-supported';

/** What we believe of a charge point's local authorization list. */
export interface LocalListSummary {
  thingName: string;
  /** What it has, by its last accepted update or by its own word. */
  version: number | null;
  state: LocalListState;
  /** How many tokens it holds, and how many of those the registry says something else about. null when not known. */
  size: number | null;
  changed: number | null;
  /** The last SendLocalList: `sent` without an answer so far, `unanswered`, or the charge point's word. */
  attempt: {
    version: number;
    updateType: 'Full' | 'Differential';
    outcome: string;
    at: string;
    by: string;
  } | null;
  /** What GetLocalListVersion told since the last accepted update. */
  reported: { version: number; at: string } | null;
  /** What it said to the last ClearCache. */
  cache: { status: string; at: string } | null;
}

export interface LocalListEntry {
  idToken: string;
  type: string | null;
  /** What the charge point was told. */
  status: string;
  expiresAt: string | null;
  groupIdToken: string | null;
  /** Whether the registry says something else by now. */
  changed: boolean;
}

export interface LocalList extends LocalListSummary {
  /** What a SendLocalList without a version number gets. */
  nextVersion: number;
  entries: LocalListEntry[] | null;
}

export interface SendLocalList {
  updateType: 'Full' | 'Differential';
  /** The tokens: all that are registered, those of a group, or those that the list was meant to hold after the last attempt. */
  of: 'registry' | 'group' | 'same';
  groupIdToken?: string;
  queueSeconds?: number;
}

/** The commands that it took, and the list afterwards. */
export interface SentLocalList {
  commands: Command[];
  /** Tokens that the charge point's OCPP version cannot take. */
  leftOut: string[];
  list: LocalList;
}

/** What a meter said outside of sessions. EVSE or connector 0 is the main meter. */
export interface OutsideReading extends MeterValue {
  evseId: number | null;
  connectorId: number | null;
}

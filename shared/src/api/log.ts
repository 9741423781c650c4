/** What the workbench of the message log gets from the server: replay, volume, findings, imported logs. */
import type { ChargePointState } from '../projection/charge-point-state.ts';
import type { MeterCurve } from '../projection/meter-curve.ts';
import type { Message } from './messages.ts';

/** Kinds of rows are told by their place in this list. */
export const OUTLINE_KINDS = ['call', 'result', 'error', 'send', 'event', 'malformed'] as const;

/** What is wrong with a row, by its place in this list. */
export const OUTLINE_MARKS = ['none', 'error', 'violation', 'unanswered'] as const;

/** All rows of a range without their frames, column by column: 100,000 of them are a few megabytes. */
export interface ReplayOutline {
  thingName: string;
  from: string;
  to: string;
  /** There are more rows than can be replayed at once: where the rest begins. */
  cutAt: string | null;
  /** Rows to a page of frames. */
  pageRows: number;
  /** Milliseconds since the epoch; the column `at` counts from here. */
  start: number;
  actions: string[];
  ids: number[];
  at: number[];
  kind: number[];
  /** 1: to the charge point. */
  out: number[];
  /** Place in `actions`, or -1. */
  action: number[];
  /** Place of the row that answers this CALL, or -1. */
  answer: number[];
  mark: number[];
}

/** The frames of one page, and the state before the first of them. */
export interface ReplayPage {
  state: ChargePointState;
  /** Of the sessions that went on then. */
  curves: MeterCurve[];
  items: Message[];
}

/** A log that was taken elsewhere, kept apart from the live one. */
export interface ImportedLog {
  id: string;
  name: string;
  createdAt: string;
  createdBy: string;
  status: 'running' | 'done' | 'failed';
  /** Why it failed. */
  problem: string | null;
  /** On disk. */
  bytes: number;
  lines: number;
  rows: number;
  things: string[];
  from: string | null;
  to: string | null;
  /** false: the lines were put in the order of their times. */
  sorted: boolean;
  problems: { line: number; problem: string }[];
  problemCount: number;
}

/** Something in a charge point's log that looks wrong, with the messages that say so. */
export interface FindingView {
  rule: string;
  severity: 'bad' | 'warn';
  from: string;
  to: string;
  count: number;
  subject: string;
  messageIds: string[];
}

/** What looks wrong with one charge point: each rule once. */
export interface ThingFindings {
  thingName: string;
  bad: number;
  warn: number;
  /** The worst first; `messageIds` are those of the newest finding. */
  rules: { rule: string; severity: 'bad' | 'warn'; findings: number; lastAt: string; messageIds: string[] }[];
}

/** A search for what looks wrong among the messages of all charge points. */
export interface FleetFindings {
  id: string;
  status: 'running' | 'done' | 'cancelled' | 'failed';
  /** Messages looked at so far, and of how many. */
  rows: number;
  total: number | null;
  /** From when on messages were looked at, if not from the start. */
  cutAt: string | null;
  things: ThingFindings[];
  /** Also those that are not listed. */
  thingCount: number;
}

/** How far an export is. */
export interface RunningExport {
  id: string;
  rows: number;
  /** Of the last message so far. */
  at: string | null;
  /** `preparing`: what is to be replaced is looked for, nothing is sent yet. */
  status: 'preparing' | 'running' | 'done' | 'cancelled' | 'failed';
  /** Why it failed. */
  problem: string | null;
}

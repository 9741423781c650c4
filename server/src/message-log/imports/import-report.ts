import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';

export interface ImportOrder {
  folder: string;
  /** For lines that name no charge point. */
  thingName: string;
  protocol: OcppVersion | null;
  /** Of the log when it is unpacked. */
  maxBytes: number;
}

export interface ImportResult {
  lines: number;
  rows: number;
  things: string[];
  /** Of the first and last row, milliseconds since the epoch. */
  from: number | null;
  to: number | null;
  /** false: the lines were not in the order of their times, and were put in it. */
  sorted: boolean;
  /** The first of them, with the number of their line. */
  problems: { line: number; problem: string }[];
  problemCount: number;
}

export type ImportReport =
  | { kind: 'progress'; phase: 'reading' | 'writing'; lines: number; rows: number }
  | { kind: 'done'; result: ImportResult }
  | { kind: 'failed'; problem: string };

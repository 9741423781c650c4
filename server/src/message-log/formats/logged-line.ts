import type { LogDirection } from '@cpo-console/shared/message-log/log-row.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';

/** What one line of a log tells, whoever wrote it. null: it does not say. */
export interface LoggedLine {
  at: number;
  thingName: string | null;
  connectionId: string | null;
  direction: LogDirection | null;
  protocol: OcppVersion | null;
  /** Something that happened to the connection; then `frame` has its details. */
  event: string | null;
  /** Of an answer, for when the CALL is not in the log. */
  action: string | null;
  frame: string;
}

export type LineOutcome =
  | { kind: 'line'; line: LoggedLine }
  /** Nothing about OCPP. */
  | { kind: 'passed-over' }
  | { kind: 'bad'; problem: string };

export const bad = (problem: string): LineOutcome => ({ kind: 'bad', problem });

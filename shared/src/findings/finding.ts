import type { LogRow } from '../message-log/log-row.ts';
import type { Members } from '../projection/read-payload.ts';

/** Something in a range of a charge point's log that looks wrong, with the rows that say so. */
export interface Finding {
  rule: string;
  severity: 'bad' | 'warn';
  from: number;
  to: number;
  /** How often, or how much: the rule says of what. */
  count: number;
  /** What it is about: a session, a command, a status. Charge points choose these texts. */
  subject: string;
  rowIds: number[];
}

/** What a rule reads: a row, and the payload of its frame. */
export interface ReadRow {
  row: LogRow;
  payload: Members;
}

/** One rule: reads rows in their order, and says at the end what it found. */
export interface FindingRule {
  name: string;
  severity: Finding['severity'];
  start(report: (finding: Omit<Finding, 'rule' | 'severity'>) => void): {
    read(read: ReadRow): void;
    end?(at: number): void;
  };
}

const MAX_ROW_IDS = 20;

/** Rows that say one thing. */
export const evidence = (
  rows: readonly LogRow[],
  { subject = '', count = rows.length }: { subject?: string; count?: number } = {},
): Omit<Finding, 'rule' | 'severity'> => ({
  from: rows[0]?.at ?? 0,
  to: rows.at(-1)?.at ?? 0,
  count,
  subject: subject.slice(0, 100),
  rowIds: rows.slice(0, MAX_ROW_IDS).map(({ id }) => id),
});

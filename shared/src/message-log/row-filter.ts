import { type ContentFilter, createContentMatcher } from './content-filter.ts';
import type { LogRow } from './log-row.ts';

/** What a search of the log asks for, as far as a row alone can tell. Milliseconds since the epoch: from, inclusive, to, exclusive. */
export interface RowFilter extends ContentFilter {
  thingName?: string;
  /** Any of these. */
  thingNames?: readonly string[];
  from?: number;
  to?: number;
  direction?: LogRow['direction'];
  /** Of the exchange: who begins it with a CALL also has the answer to it. */
  exchangeDirection?: LogRow['direction'];
  kind?: LogRow['kind'];
  action?: string;
  messageId?: string;
  errorCode?: string;
  /** true: rows with at least one violation; a string: rows with a violation of that rule. */
  violation?: boolean | string;
  /** Answers that took longer than this many milliseconds. */
  latencyOver?: number;
}

const SAME = ['thingName', 'direction', 'kind', 'action', 'messageId', 'errorCode'] as const;

/** Only answers have these: what they are asked for together with may stand in the CALL. */
export const mayBeInCall = ({ latencyOver, errorCode }: { latencyOver?: unknown; errorCode?: unknown }): boolean =>
  latencyOver !== undefined || errorCode !== undefined;

/** The same decision as the log's own query, for rows in memory; an answer comes with the CALL that it answers. */
export function matcherOf(filter: RowFilter): (row: LogRow, call?: LogRow) => boolean {
  const content = createContentMatcher(filter);
  if (content === null) return (row) => matchesRow(filter, row);
  const isInCall = (call?: LogRow): boolean => call !== undefined && mayBeInCall(filter) && content.matches(call.frame);
  return (row, call) => matchesRow(filter, row) && (content.matches(row.frame) || isInCall(call));
}

function matchesRow(filter: RowFilter, row: LogRow): boolean {
  for (const key of SAME) if (filter[key] !== undefined && filter[key] !== row[key]) return false;
  if (filter.thingNames !== undefined && !filter.thingNames.includes(row.thingName)) return false;
  if (filter.from !== undefined && row.at < filter.from) return false;
  if (filter.to !== undefined && row.at >= filter.to) return false;
  if (filter.latencyOver !== undefined && (row.latencyMs ?? 0) <= filter.latencyOver) return false;
  if (filter.exchangeDirection !== undefined && filter.exchangeDirection !== exchangeDirectionOf(row)) return false;
  if (filter.violation !== undefined && !hasViolation(row, filter.violation)) return false;
  return true;
}

function exchangeDirectionOf({ kind, direction }: LogRow): LogRow['direction'] {
  const isAnswer = kind === 'result' || kind === 'error';
  return isAnswer === (direction === 'in') ? 'out' : 'in';
}

function hasViolation({ violations }: LogRow, wanted: boolean | string): boolean {
  if (typeof wanted === 'string') return violations?.some(({ rule }) => rule === wanted) ?? false;
  return (violations !== null && violations.length > 0) === wanted;
}

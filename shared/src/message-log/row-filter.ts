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

/** The same decision as the log's own query, for rows in memory. */
export function matcherOf(filter: RowFilter): (row: LogRow) => boolean {
  const content = createContentMatcher(filter);
  return (row) => matchesRow(filter, row) && (content?.matches(row.frame) ?? true);
}

function matchesRow(filter: RowFilter, row: LogRow): boolean {
  for (const key of SAME) if (filter[key] !== undefined && filter[key] !== row[key]) return false;
  if (filter.thingNames !== undefined && !filter.thingNames.includes(row.thingName)) return false;
  if (filter.from !== undefined && row.at < filter.from) return false;
  if (filter.to !== undefined && row.at >= filter.to) return false;
  if (filter.latencyOver !== undefined && (row.latencyMs ?? 0) <= filter.latencyOver) return false;
  if (filter.violation !== undefined && !hasViolation(row, filter.violation)) return false;
  return true;
}

function hasViolation({ violations }: LogRow, wanted: boolean | string): boolean {
  if (typeof wanted === 'string') return violations?.some(({ rule }) => rule === wanted) ?? false;
  return (violations !== null && violations.length > 0) === wanted;
}

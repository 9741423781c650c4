import type { Message } from '@cpo-console/shared/api/messages.ts';
import { rowOfMessage } from '@cpo-console/shared/message-log/message-row.ts';
import { matchesRow, type RowFilter } from '@cpo-console/shared/message-log/row-filter.ts';

/** What GET /messages filters by. Empty members are left out, so that equal filters have equal keys. */
export interface MessageFilter {
  thingName?: string;
  /** Any of these, where there are several. */
  thingNames?: string[];
  direction?: 'in' | 'out';
  kind?: 'call' | 'result' | 'error' | 'send' | 'event' | 'malformed';
  action?: string;
  errorCode?: string;
  violation?: 'true';
  from?: string;
  to?: string;
  /** Milliseconds. */
  latencyOver?: string;
  /** An imported log instead of the live one. */
  import?: string;
}

/** The same decision as the server's, for messages that come live. */
export const matches = (filter: MessageFilter, message: Message): boolean =>
  filter.import === undefined && matchesRow(rowFilterOf(filter), rowOfMessage(message));

function rowFilterOf({ from, to, latencyOver, violation, import: _log, ...same }: MessageFilter): RowFilter {
  return {
    ...same,
    ...(violation !== undefined && { violation: true }),
    ...(latencyOver !== undefined && { latencyOver: Number(latencyOver) }),
    ...(from !== undefined && { from: Date.parse(from) }),
    ...(to !== undefined && { to: Date.parse(to) }),
  };
}

/** As the server is asked. */
export const queryOf = ({ thingNames, ...filter }: MessageFilter) => ({
  ...filter,
  ...(thingNames && { thingName: thingNames }),
});

/** What of it the stream is asked for; whose messages, it is told anyway. */
export function streamFilterOf({
  thingName: _name,
  thingNames: _names,
  from: _from,
  to: _to,
  import: _log,
  ...filter
}: MessageFilter) {
  return filter;
}

/** Ids are positions in the log: numbers too long for a number, written as text. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

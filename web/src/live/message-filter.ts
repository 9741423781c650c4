import type { Message } from '@cpo-console/shared/api/messages.ts';
import { rowOfMessage } from '@cpo-console/shared/message-log/message-row.ts';
import { type RowFilter, matcherOf as rowMatcherOf } from '@cpo-console/shared/message-log/row-filter.ts';

/** What GET /messages filters by. Empty members are left out, so that equal filters have equal keys. */
export interface MessageFilter {
  thingName?: string;
  /** Any of these, where there are several. */
  thingNames?: string[];
  direction?: 'in' | 'out';
  /** Of the exchange: that of its CALL, also for the answer. */
  exchangeDirection?: 'in' | 'out';
  kind?: 'call' | 'result' | 'error' | 'send' | 'event' | 'malformed';
  action?: string;
  errorCode?: string;
  messageId?: string;
  /** `true`, `false` or the name of a rule. */
  violation?: string;
  from?: string;
  to?: string;
  /** Milliseconds. */
  latencyOver?: string;
  /** Text anywhere in the frame. */
  q?: string;
  /** A member of the payload, and what it is. */
  path?: string;
  value?: string;
  transactionId?: string;
  connectorId?: string;
  evseId?: string;
  /** CALLs that nobody answered in time: what comes live may still be. */
  unanswered?: 'true';
  /** An imported log instead of the live one. */
  import?: string;
}

/** The same decision as the server's, for messages that come live. */
export function matcherOf(filter: MessageFilter): (message: Message, call?: Message) => boolean {
  if (filter.import !== undefined || filter.unanswered !== undefined) return () => false;
  const matches = rowMatcherOf(rowFilterOf(filter));
  return (message, call) => matches(rowOfMessage(message), call && rowOfMessage(call));
}

function rowFilterOf(filter: MessageFilter): RowFilter {
  const { from, to, latencyOver, violation, connectorId, evseId, import: _log, unanswered: _open, ...same } = filter;
  return {
    ...same,
    ...(violation !== undefined && { violation: violation === 'true' || (violation !== 'false' && violation) }),
    ...(connectorId !== undefined && { connectorId: Number(connectorId) }),
    ...(evseId !== undefined && { evseId: Number(evseId) }),
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
  unanswered: _open,
  ...filter
}: MessageFilter) {
  return filter;
}

/** Ids are positions in the log: numbers too long for a number, written as text. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

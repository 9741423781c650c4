import type { Message } from '@cpo-console/shared/api/messages.ts';

/** What GET /messages filters by. Empty members are left out, so that equal filters have equal keys. */
export interface MessageFilter {
  thingName?: string;
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
export function matches(filter: MessageFilter, message: Message): boolean {
  return (
    filter.import === undefined &&
    (filter.latencyOver === undefined || (message.latencyMs ?? 0) > Number(filter.latencyOver)) &&
    (filter.thingName === undefined || message.thingName === filter.thingName) &&
    (filter.direction === undefined || message.direction === filter.direction) &&
    (filter.kind === undefined || message.kind === filter.kind) &&
    (filter.action === undefined || message.action === filter.action) &&
    (filter.errorCode === undefined || message.errorCode === filter.errorCode) &&
    (filter.violation === undefined || (message.violations?.length ?? 0) > 0) &&
    (filter.from === undefined || Date.parse(message.at) >= Date.parse(filter.from)) &&
    (filter.to === undefined || Date.parse(message.at) < Date.parse(filter.to))
  );
}

/** Ids are positions in the log: numbers too long for a number, written as text. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

import { compact, instant, oneOf, type RawSearch, text } from '../../../lib/search.ts';
import type { MessageFilter } from '../../../live/message-filter.ts';

export const KINDS = ['call', 'result', 'error', 'send', 'event', 'malformed'] as const;

/** Milliseconds that an answer took longer than. */
export const LATENCIES = ['100', '1000', '5000', '30000'] as const;

/** What the address of a message list says: the filter, how rows show, and which one is open. */
export interface MessageSearch extends MessageFilter {
  view?: 'raw';
  /** Id of the message whose details show. */
  message?: string;
}

export function readMessageSearch(search: RawSearch): MessageSearch {
  return compact<MessageSearch>({
    thingName: text(search, 'thingName'),
    direction: oneOf(search, 'direction', ['in', 'out']),
    kind: oneOf(search, 'kind', KINDS),
    action: text(search, 'action'),
    errorCode: text(search, 'errorCode'),
    violation: oneOf(search, 'violation', ['true']),
    from: instant(search, 'from'),
    to: instant(search, 'to'),
    latencyOver: oneOf(search, 'latencyOver', LATENCIES),
    import: text(search, 'import'),
    view: oneOf(search, 'view', ['raw']),
    message: text(search, 'message'),
  });
}

export function filterOf(search: MessageSearch): MessageFilter {
  const { thingName, direction, kind, action, errorCode, violation, from, to, latencyOver } = search;
  const names = thingName?.split(',').filter((name) => name !== '') ?? [];
  return compact<MessageFilter>({
    thingName: names.length === 1 ? names[0] : undefined,
    thingNames: names.length > 1 ? names : undefined,
    direction,
    kind,
    action,
    errorCode,
    violation,
    from,
    to,
    latencyOver,
    import: search.import,
  });
}

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
    messageId: text(search, 'messageId'),
    violation: text(search, 'violation'),
    from: instant(search, 'from'),
    to: instant(search, 'to'),
    latencyOver: digits(search, 'latencyOver'),
    q: text(search, 'q'),
    path: text(search, 'path'),
    value: text(search, 'path') && (search.value === '' ? '' : text(search, 'value')),
    transactionId: text(search, 'transactionId'),
    connectorId: digits(search, 'connectorId'),
    evseId: digits(search, 'evseId'),
    unanswered: oneOf(search, 'unanswered', ['true']),
    import: text(search, 'import'),
    view: oneOf(search, 'view', ['raw']),
    message: text(search, 'message'),
  });
}

const digits = (search: RawSearch, name: string): string | undefined => text(search, name)?.match(/^\d{1,9}$/)?.[0];

/** Takes every filter away; which log is looked at stays. */
export const NO_FILTER = {
  thingName: undefined,
  direction: undefined,
  kind: undefined,
  action: undefined,
  errorCode: undefined,
  messageId: undefined,
  violation: undefined,
  from: undefined,
  to: undefined,
  latencyOver: undefined,
  q: undefined,
  path: undefined,
  value: undefined,
  transactionId: undefined,
  connectorId: undefined,
  evseId: undefined,
  unanswered: undefined,
} satisfies Partial<Record<keyof MessageSearch, undefined>>;

type Filters = Pick<MessageSearch, keyof typeof NO_FILTER>;

/** The address has also how rows show, and what the page around the list keeps there. */
export const onlyFilters = (search: MessageSearch): Filters =>
  compact<Filters>(
    Object.fromEntries(Object.keys(NO_FILTER).map((key) => [key, search[key as keyof Filters]])) as Filters,
  );

/** Where a row is an exchange, its direction is that of the CALL: each has a message either way. */
export function filterOf(search: MessageSearch): MessageFilter {
  const { thingName, direction, ...filters } = onlyFilters(search);
  const names = thingName?.split(',').filter((name) => name !== '') ?? [];
  return compact<MessageFilter>({
    ...filters,
    ...(search.view === 'raw' ? { direction } : { exchangeDirection: direction }),
    thingName: names.length === 1 ? names[0] : undefined,
    thingNames: names.length > 1 ? names : undefined,
    import: search.import,
  });
}

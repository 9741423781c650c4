import type { Message, MessagePage } from '@cpo-console/shared/api/messages.ts';
import { mayBeInCall } from '@cpo-console/shared/message-log/row-filter.ts';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { compareIds, type MessageFilter, matcherOf } from './message-filter.ts';
import { keys } from './query-keys.ts';

/** A list takes no more live rows than this while somebody reads it: those beyond are fetched when they are wanted. */
const MOST_LIVE_ROWS = 5_000;

/** The first page grows at its top while it is looked at. */
export interface LivePage extends MessagePage {
  /** Rows that came and are not here. */
  overflow?: number;
}
export type MessagePages = InfiniteData<LivePage, string | null>;

interface Arrived {
  messages: Message[];
  /** Halves of exchanges whose other half is in a list. */
  partners: Message[];
  /** Not sent by the server, for they were too many. */
  leftOut: number;
}

export function applyMessages(client: QueryClient, { messages, partners, leftOut }: Arrived): void {
  for (const query of client.getQueryCache().findAll({ queryKey: keys.messages.lists })) {
    const filter = query.queryKey[2] as MessageFilter;
    if (filter.import !== undefined) continue;
    if (leftOut > 0) client.setQueryData<number>(keys.messages.unshown(filter), (count = 0) => count + leftOut);
    const fresh = freshOf(messages, filter, () => [...partnersIn(client.getQueryData(query.queryKey)), ...partners]);
    const { thingName: only, thingNames = only === undefined ? null : [only] } = filter;
    const halves = partners.filter(({ thingName }) => thingNames?.includes(thingName) ?? true);
    if (fresh.length === 0 && halves.length === 0) continue;
    client.setQueryData<MessagePages>(query.queryKey, (pages) => pages && grown(pages, fresh, halves));
  }
}

const partnersIn = (data: MessagePages | undefined): Message[] => data?.pages[0]?.partners ?? [];

function freshOf(messages: Message[], filter: MessageFilter, partners: () => Message[]): Message[] {
  const matches = matcherOf(filter);
  if (!mayBeInCall(filter)) return messages.filter((message) => matches(message));
  const calls = partners().filter((partner) => !isAnswer(partner));
  const callOf = new Map(calls.map((call) => [exchangeOf(call), call]));
  return messages.filter((message) => matches(message, callOf.get(exchangeOf(message))));
}

const isAnswer = ({ kind }: Message): boolean => kind === 'result' || kind === 'error';

/** The same for a CALL and its answer. */
function exchangeOf(message: Message): string {
  const { thingName, connectionId, direction, messageId } = message;
  const caller = isAnswer(message) === (direction === 'in') ? 'out' : 'in';
  return `${thingName}\n${connectionId}\n${caller}\n${messageId}`;
}

function grown(data: MessagePages, fresh: Message[], halves: Message[]): MessagePages {
  const [first, ...rest] = data.pages;
  if (!first) return data;
  if (first.items.length + fresh.length > MOST_LIVE_ROWS || first.overflow !== undefined) {
    return { ...data, pages: [{ ...first, overflow: (first.overflow ?? 0) + fresh.length }, ...rest] };
  }
  if (halves.length === 0) return prependMessages(data, fresh);
  const withHalves = { ...first, partners: [...(first.partners ?? []), ...halves] };
  return prependMessages({ ...data, pages: [withHalves, ...rest] }, fresh);
}

/** Newest first; what is already there stays there once, with what is known now. */
export function prependMessages(data: MessagePages, fresh: Message[]): MessagePages {
  const [first, ...rest] = data.pages;
  if (!first) return data;
  const known = new Set(first.items.map((message) => message.id));
  const added = fresh.filter((message) => !known.has(message.id)).sort((a, b) => compareIds(b.id, a.id));
  if (added.length === 0) return data;
  const newest = first.items[0];
  const last = added.at(-1);
  const items = [...added, ...first.items];
  if (newest && last && compareIds(last.id, newest.id) < 0) items.sort((a, b) => compareIds(b.id, a.id));
  return { ...data, pages: [{ ...first, items }, ...rest] };
}

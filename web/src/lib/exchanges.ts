import type { Message } from '@cpo-console/shared/api/messages.ts';

/** A call with its answer, or a row that stands alone: a send, an event, a malformed frame, an answer without a call. */
export interface Exchange {
  /** Of its first message: what the row is selected by. */
  id: string;
  thingName: string;
  at: string;
  direction: 'in' | 'out';
  action: string | null;
  call: Message | null;
  answer: Message | null;
  /** Neither call nor answer. */
  other: Message | null;
}

const pairKey = (message: Message, direction: string): string =>
  `${message.thingName}\n${message.connectionId}\n${direction}\n${message.messageId}`;

const isAnswer = (message: Message): boolean =>
  message.messageId !== null && (message.kind === 'result' || message.kind === 'error');

/**
 * Pairs rows, newest first, into exchanges in the order of their calls. An answer belongs to the latest call before it on
 * the same connection, in the other direction, with its message id: charge points do use ids again.
 */
export function pairExchanges(messages: Message[]): Exchange[] {
  const open = new Map<string, Message>();
  const exchanges: Exchange[] = [];
  for (const message of messages) {
    if (isAnswer(message)) {
      const key = pairKey(message, message.direction === 'in' ? 'out' : 'in');
      const orphan = open.get(key);
      if (orphan) exchanges.push(single(orphan));
      open.set(key, message);
    } else if (message.kind === 'call') {
      const key = pairKey(message, message.direction);
      const answer = open.get(key) ?? null;
      open.delete(key);
      exchanges.push({ ...single(message), call: message, answer, other: null });
    } else exchanges.push(single(message));
  }
  if (open.size === 0) return exchanges;
  return mergeByOrder(exchanges, [...open.values()].map(single), messages);
}

function single(message: Message): Exchange {
  const { id, thingName, at, direction, action } = message;
  const answer = isAnswer(message) ? message : null;
  return { id, thingName, at, direction, action, call: null, answer, other: answer ? null : message };
}

/** Answers whose call is not among the rows keep their place in the list. */
function mergeByOrder(exchanges: Exchange[], orphans: Exchange[], messages: Message[]): Exchange[] {
  const place = new Map(messages.map((message, index) => [message.id, index]));
  const order = (exchange: Exchange) => place.get(exchange.id) ?? 0;
  return [...exchanges, ...orphans].sort((a, b) => order(a) - order(b));
}

export const messagesOf = (exchange: Exchange): Message[] =>
  [exchange.call, exchange.answer, exchange.other].filter((message) => message !== null);

export const violationCount = (exchange: Exchange): number =>
  messagesOf(exchange).reduce((sum, message) => sum + (message.violations?.length ?? 0), 0);

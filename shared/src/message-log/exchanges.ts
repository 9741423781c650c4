import type { Message } from '../api/messages.ts';

/** A call with its answer, or a row that stands alone: a send, an event, a text that is no frame, an answer without a call. */
export interface Exchange {
  /** Of its first message: what the row is selected by. */
  id: string;
  thingName: string;
  at: string;
  direction: 'in' | 'out';
  action: string | null;
  call: Message | null;
  answer: Message | null;
  /** Neither call nor answer. A text that is no frame may have been answered with an error. */
  other: Message | null;
}

const pairKey = (message: Message, direction: string): string =>
  `${message.thingName}\n${message.connectionId}\n${direction}\n${message.messageId}`;

const isAnswer = (message: Message): boolean =>
  message.messageId !== null && (message.kind === 'result' || message.kind === 'error');

const asks = (message: Message): boolean =>
  message.kind === 'call' || (message.kind === 'malformed' && message.messageId !== null);

/**
 * Pairs messages, newest first, into exchanges in the order of their calls, by the rule of relate.ts. Whoever asked for the
 * partners of a page mixes them in before.
 */
export function pairExchanges(messages: readonly Message[]): Exchange[] {
  const open = new Map<string, Message>();
  const exchanges: Exchange[] = [];
  for (const message of messages) {
    if (isAnswer(message)) {
      const key = pairKey(message, message.direction === 'in' ? 'out' : 'in');
      const orphan = open.get(key);
      if (orphan) exchanges.push(single(orphan));
      open.set(key, message);
    } else if (asks(message)) {
      const key = pairKey(message, message.direction);
      const answer = open.get(key) ?? null;
      open.delete(key);
      exchanges.push({ ...single(message), answer });
    } else exchanges.push(single(message));
  }
  if (open.size === 0) return exchanges;
  return mergeByOrder(exchanges, [...open.values()].map(single), messages);
}

/** A message by itself. */
export function single(message: Message): Exchange {
  const { id, thingName, at, direction, action } = message;
  const call = message.kind === 'call' ? message : null;
  const answer = isAnswer(message) ? message : null;
  return { id, thingName, at, direction, action, call, answer, other: call || answer ? null : message };
}

/** Answers whose call is not among the rows keep their place in the list. */
function mergeByOrder(exchanges: Exchange[], orphans: Exchange[], messages: readonly Message[]): Exchange[] {
  const place = new Map(messages.map((message, index) => [message.id, index]));
  const order = (exchange: Exchange) => place.get(exchange.id) ?? 0;
  return [...exchanges, ...orphans].sort((a, b) => order(a) - order(b));
}

export const messagesOf = (exchange: Exchange): Message[] =>
  [exchange.call, exchange.other, exchange.answer].filter((message) => message !== null);

export const violationCount = (exchange: Exchange): number =>
  messagesOf(exchange).reduce((sum, message) => sum + (message.violations?.length ?? 0), 0);

/** Milliseconds from the call to its answer, also when nobody waited for it any longer. */
export function tookMs({ call, answer }: Exchange): number | undefined {
  if (answer?.latencyMs !== undefined || answer === null || call === null) return answer?.latencyMs;
  return Date.parse(answer.at) - Date.parse(call.at);
}

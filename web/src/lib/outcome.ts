import type { Message } from '@cpo-console/shared/api/messages.ts';
import { type ExchangeFlag, flagsOf, isRefusal, statusOf } from '@cpo-console/shared/message-log/exchange-flags.ts';
import { type Exchange, violationCount } from '@cpo-console/shared/message-log/exchanges.ts';
import type { IconName } from '../components/ui/icons.tsx';
import type { Tone } from '../components/ui/tag.tsx';
import { at, parseJson, textAt } from './json.ts';

/** A row's outcome in a word or two. `words` come from the wire; `say` is ours to translate. */
export interface Outcome {
  tone: Tone;
  icon?: IconName;
  words?: string;
  say?: 'noAnswer' | 'late' | 'orphan' | 'repeatedId' | 'waiting' | 'violations' | 'malformed';
  count?: number;
}

const parsed = new WeakMap<Message, unknown>();

/** The frame as JSON, parsed once; undefined when it is none. */
export function frameJson(message: Message): unknown {
  if (!parsed.has(message)) {
    const result = parseJson(message.frame);
    parsed.set(message, result.ok ? result.value : undefined);
  }
  return parsed.get(message);
}

/** The part of the frame that is the message's own content. */
export function payloadOf(message: Message): unknown {
  const frame = frameJson(message);
  if (message.kind === 'event') return frame;
  const type = at(frame, 0);
  if (type === 2 || type === 6) return at(frame, 3);
  if (type === 3) return at(frame, 2);
  if (type === 4 || type === 5) return { code: at(frame, 2), description: at(frame, 3), details: at(frame, 4) };
  return frame;
}

const GOOD = /^(Accepted|Available|Operative|Unlocked|Scheduled|Ok)$/;
const BAD = /(Faulted|Error|Failure)/;

/** A connector that is `Occupied` is in use; a command answered with that word was refused. */
function toneOf(word: string, isAnswer: boolean): Tone {
  if (GOOD.test(word)) return 'ok';
  if ((isAnswer && isRefusal(word)) || BAD.test(word)) return 'bad';
  return /^(Charging|Occupied)/.test(word) ? 'chg' : 'off';
}

/** What the call itself tells, where that says more than the answer: a status, why a session ended. */
function callWords(exchange: Exchange): string | null {
  const call = exchange.call ?? exchange.other;
  if (!call) return null;
  const payload = payloadOf(call);
  if (exchange.action === 'StatusNotification') {
    const fault = textAt(payload, 'errorCode');
    const status =
      textAt(payload, 'connectorStatus') ?? (fault && fault !== 'NoError' ? fault : textAt(payload, 'status'));
    const connector = textAt(payload, 'evseId') ?? textAt(payload, 'connectorId');
    return status && [connector, status].filter(Boolean).join(' ');
  }
  if (exchange.action === 'TransactionEvent') {
    return (
      textAt(payload, 'transactionInfo', 'stoppedReason') ??
      textAt(payload, 'transactionInfo', 'chargingState') ??
      textAt(payload, 'triggerReason')
    );
  }
  if (exchange.action === 'StopTransaction') return textAt(payload, 'reason');
  return null;
}

const answerWords = (answer: Message | null): string | null =>
  answer?.kind === 'result' ? statusOf(payloadOf(answer)) : null;

function eventOutcome(message: Message): Outcome {
  const detail = frameJson(message);
  if (message.action === 'refused') return { tone: 'warn', icon: 'lock', words: textAt(detail, 'reason') ?? '' };
  if (message.action === 'identity-conflict') {
    const addresses = [textAt(detail, 'olderRemoteAddress'), textAt(detail, 'remoteAddress')];
    return { tone: 'warn', icon: 'triangle', words: addresses.filter(Boolean).join(' → ') };
  }
  if (message.action === 'connected') {
    return {
      tone: 'off',
      words: [textAt(detail, 'protocol'), textAt(detail, 'remoteAddress')].filter(Boolean).join(' · '),
    };
  }
  if (message.action === 'session-closed') {
    return { tone: 'off', words: [textAt(detail, 'transactionId'), textAt(detail, 'by')].filter(Boolean).join(' · ') };
  }
  const words = [textAt(detail, 'code'), textAt(detail, 'reason')].filter(Boolean).join(' ');
  return { tone: message.action === 'undelivered' ? 'warn' : 'off', words };
}

/** What came of an exchange: what is remarkable about it, the worst first, and then what its frames say. */
export function outcomesOf(exchange: Exchange, now: number, mayClaimNoAnswer: boolean): Outcome[] {
  const { call, answer, other } = exchange;
  if (other?.kind === 'event') return [eventOutcome(other)];
  const status = answerWords(answer);
  const flags = flagsOf(exchange, { now, status }).filter((flag) => mayClaimNoAnswer || flag !== 'unanswered');
  const outcomes = flags.map((flag) => flagOutcome(flag, exchange, status));
  if (other?.kind === 'malformed') return [{ tone: 'bad', icon: 'triangle', say: 'malformed' }];
  if (flags.includes('refused')) return outcomes;
  if (call && !answer && mayClaimNoAnswer && !flags.includes('unanswered')) {
    return [{ tone: 'off', icon: 'clock', say: 'waiting' }, ...outcomes];
  }
  const said = callWords(exchange);
  const words = said ?? status;
  if (words === null) return outcomes;
  return [...outcomes, { tone: toneOf(words.replace(/^\d+ /, ''), said === null), words }];
}

/** The first of them. */
export const outcomeOf = (exchange: Exchange, now: number, mayClaimNoAnswer: boolean): Outcome | null =>
  outcomesOf(exchange, now, mayClaimNoAnswer)[0] ?? null;

function flagOutcome(flag: ExchangeFlag, exchange: Exchange, status: string | null): Outcome {
  switch (flag) {
    case 'unanswered':
      return { tone: 'bad', icon: 'cross', say: 'noAnswer' };
    case 'refused':
      return { tone: 'bad', icon: 'triangle', words: exchange.answer?.errorCode ?? status ?? 'CALLERROR' };
    case 'late':
      return { tone: 'warn', icon: 'clock', say: 'late' };
    case 'orphan':
      return { tone: 'warn', icon: 'ring', say: 'orphan' };
    case 'repeated-id':
      return { tone: 'warn', icon: 'twice', say: 'repeatedId' };
    case 'violated':
      return { tone: 'warn', icon: 'triangle', say: 'violations', count: violationCount(exchange) };
  }
}

/** "TransactionEvent Started": the action, with the one word that tells its kinds apart. */
export function titleOf(exchange: Exchange): string {
  const call = exchange.call ?? exchange.other;
  const kind = call && exchange.action === 'TransactionEvent' ? textAt(payloadOf(call), 'eventType') : null;
  return [exchange.action ?? '—', kind].filter(Boolean).join(' ');
}

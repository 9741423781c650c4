import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { IconName } from '../components/ui/icons.tsx';
import type { Tone } from '../components/ui/tag.tsx';
import { type Exchange, violationCount } from './exchanges.ts';
import { at, parseJson, textAt } from './json.ts';

/** A row's outcome in a word or two. `words` come from the wire; `say` is ours to translate. */
export interface Outcome {
  tone: Tone;
  icon?: IconName;
  words?: string;
  say?: 'noAnswer' | 'waiting' | 'violations' | 'malformed' | 'values';
  count?: number;
}

const NO_ANSWER_AFTER_MS = 30_000;
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
const BAD = /(Rejected|Faulted|Failed|Invalid|Blocked|Unknown|NotSupported|Error|Failure)/;

function toneOf(word: string): Tone {
  if (GOOD.test(word)) return 'ok';
  if (BAD.test(word)) return 'bad';
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

function answerWords(answer: Message): string | null {
  const payload = payloadOf(answer);
  return (
    textAt(payload, 'status') ?? textAt(payload, 'idTagInfo', 'status') ?? textAt(payload, 'idTokenInfo', 'status')
  );
}

function eventOutcome(message: Message): Outcome {
  const detail = frameJson(message);
  if (message.action === 'refused') return { tone: 'warn', icon: 'lock', words: textAt(detail, 'reason') ?? '' };
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

export function outcomeOf(exchange: Exchange, now: number, mayClaimNoAnswer: boolean): Outcome | null {
  const { call, answer, other } = exchange;
  if (other?.kind === 'event') return eventOutcome(other);
  if (other?.kind === 'malformed') return { tone: 'bad', icon: 'triangle', say: 'malformed' };
  if (answer?.kind === 'error') return { tone: 'bad', icon: 'triangle', words: answer.errorCode ?? 'CALLERROR' };
  const violations = violationCount(exchange);
  if (violations > 0) return { tone: 'warn', icon: 'triangle', say: 'violations', count: violations };
  if (call && !answer) {
    if (!mayClaimNoAnswer) return null;
    return now - Date.parse(call.at) > NO_ANSWER_AFTER_MS
      ? { tone: 'bad', icon: 'cross', say: 'noAnswer' }
      : { tone: 'off', icon: 'clock', say: 'waiting' };
  }
  const words = callWords(exchange) ?? (answer ? answerWords(answer) : null);
  return words ? { tone: toneOf(words.replace(/^\d+ /, '')), words } : null;
}

/** "TransactionEvent Started": the action, with the one word that tells its kinds apart. */
export function titleOf(exchange: Exchange): string {
  const call = exchange.call ?? exchange.other;
  const kind = call && exchange.action === 'TransactionEvent' ? textAt(payloadOf(call), 'eventType') : null;
  return [exchange.action ?? '—', kind].filter(Boolean).join(' ');
}

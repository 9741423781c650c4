import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';

/** What a text has to lead to, as the specifications say; found without the product's own reading of frames. */
export type Expected =
  /** Exactly one answer, with this id. */
  | { kind: 'answer'; messageId: string }
  /** One answer or none: it may be over the limits, and its id can't be told then. */
  | { kind: 'one-at-most' }
  /** One CALLERROR or none. */
  | { kind: 'error-at-most' }
  /** It is no question: not a word. */
  | { kind: 'silence' }
  /** It is longer than a frame may be: the connection ends. */
  | { kind: 'end' };

const MAX_FRAME_BYTES = 65_536;
const MAX_ID = 36;
/** Of what may be over the limits the head alone is read, and only if it is plain. */
const MANY_BRACKETS = 30;
const MANY_TOKENS = 2_000;
const PLAIN_ID = /^[\w-]+$/;

/** @see OCPP-J 1.6 §4.1, OCPP 2.0.1 part 4 §4, OCPP 2.1 part 4 §4 */
export function expectedOf(text: string, version: OcppVersion): Expected {
  if (Buffer.byteLength(text) > MAX_FRAME_BYTES) return { kind: 'end' };
  const message = parsed(text);
  if (!Array.isArray(message)) return { kind: 'error-at-most' };
  const [type, messageId] = message as unknown[];
  if (type === 2 && isId(messageId)) {
    return PLAIN_ID.test(messageId) || isSmall(text) ? { kind: 'answer', messageId } : { kind: 'one-at-most' };
  }
  const isAnswerOrSend = type === 3 || type === 4 || (version === 'ocpp2.1' && (type === 5 || type === 6));
  return isAnswerOrSend ? { kind: 'silence' } : { kind: 'error-at-most' };
}

const isSmall = (text: string): boolean =>
  (text.match(/[[{]/g)?.length ?? 0) < MANY_BRACKETS && (text.match(/[,:]/g)?.length ?? 0) < MANY_TOKENS;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an id can be and still be sent back: some text, no half characters, none that steers a terminal. */
const isId = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length >= 1 &&
  value.length <= MAX_ID &&
  value.isWellFormed() &&
  !/\p{Cc}/u.test(value);

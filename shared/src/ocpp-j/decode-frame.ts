import type { DecodedFrame, OcppErrorCode, OcppVersion } from './frame.ts';
import { countMembers, scanJson } from './scan-json.ts';

const CALL = 2;
const CALLRESULT = 3;
const CALLERROR = 4;
const CALLRESULTERROR = 5;
const SEND = 6;

const MAX_MESSAGE_ID = 36;
const MAX_NAME = 64;
/** Stands for the message id that could not be read. @see OCPP 2.0.1 part 4, §4.2.3 */
const UNREADABLE_ID = '-1';

/** The beginning of a CALL whose id can be read although the rest cannot be parsed safely. */
const CALL_HEAD = /^\s*\[\s*2\s*,\s*"([\x20-\x21\x23-\x5b\x5d-\x7e]{1,36})"\s*,/;

/**
 * Reads one text from the wire. Never throws, and a malformed answer is never answered.
 * @see OCPP-J 1.6 §4, OCPP 2.0.1 part 4 §4, OCPP 2.1 part 4 §4
 */
export function decodeFrame(text: string, version: OcppVersion): DecodedFrame {
  const scan = scanJson(text);
  if (!scan.ok) return overLimit(text, scan.defect);
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return unreadable('The text is not valid JSON.', version);
  }
  if (!Array.isArray(message)) return unreadable('The message is not a JSON array.', version);
  if (countMembers(message) !== scan.members) return duplicateKey(message, version);
  return readMessage(message, version);
}

function readMessage(message: readonly unknown[], version: OcppVersion): DecodedFrame {
  switch (message[0]) {
    case CALL:
      return readCall(message, version);
    case CALLRESULT:
      return readResult(message);
    case CALLERROR:
      return readError(message, 'error');
    case CALLRESULTERROR:
      return version === 'ocpp2.1' ? readError(message, 'result-error') : unknownType(message, version);
    case SEND:
      return version === 'ocpp2.1' ? readSend(message) : unknownType(message, version);
    default:
      return unknownType(message, version);
  }
}

function readCall(message: readonly unknown[], version: OcppVersion): DecodedFrame {
  const [, messageId, action, payload] = message;
  if (!isMessageId(messageId)) {
    return unreadable(`A CALL's message id must be a string of 1 to ${MAX_MESSAGE_ID} characters.`, version);
  }
  if (message.length !== 4) return refused('A CALL must have four elements.', messageId, 'RpcFrameworkError');
  if (!isName(action)) return refused("A CALL's action must be a name.", messageId, 'RpcFrameworkError');
  if (!isObject(payload)) return refused("A CALL's payload must be an object.", messageId, 'FormatViolation');
  return { ok: true, frame: { kind: 'call', messageId, action, payload } };
}

function readSend(message: readonly unknown[]): DecodedFrame {
  const [, messageId, action, payload] = message;
  if (!isMessageId(messageId)) return dropped("A SEND's message id cannot be read.");
  if (message.length !== 4) return dropped('A SEND must have four elements.');
  if (!isName(action)) return dropped("A SEND's action must be a name.");
  if (!isObject(payload)) return dropped("A SEND's payload must be an object.");
  return { ok: true, frame: { kind: 'send', messageId, action, payload } };
}

function readResult(message: readonly unknown[]): DecodedFrame {
  const [, messageId, payload] = message;
  if (!isMessageId(messageId)) return dropped("A CALLRESULT's message id cannot be read.");
  if (message.length !== 3) return dropped('A CALLRESULT must have three elements.');
  if (!isObject(payload)) return dropped("A CALLRESULT's payload must be an object.");
  return { ok: true, frame: { kind: 'result', messageId, payload } };
}

/** Some charge points leave out description or details. A command should not time out for that. */
function readError(message: readonly unknown[], kind: 'error' | 'result-error'): DecodedFrame {
  const [, messageId, code, description = '', details = {}] = message;
  const name = kind === 'error' ? 'CALLERROR' : 'CALLRESULTERROR';
  if (!isMessageId(messageId)) return dropped(`A ${name}'s message id cannot be read.`);
  if (message.length < 3 || message.length > 5) return dropped(`A ${name} must have five elements.`);
  if (!isName(code)) return dropped(`A ${name}'s error code must be a name.`);
  if (typeof description !== 'string' && description !== null) {
    return dropped(`A ${name}'s description must be a string.`);
  }
  if (!isObject(details) && details !== null) return dropped(`A ${name}'s details must be an object.`);
  return { ok: true, frame: { kind, messageId, code, description: description ?? '', details: details ?? {} } };
}

function unknownType(message: readonly unknown[], version: OcppVersion): DecodedFrame {
  const [type, messageId] = message;
  if (!Number.isInteger(type)) return unreadable('The message type is not an integer.', version);
  const defect = `${version === 'ocpp2.1' ? 'OCPP 2.1' : version === 'ocpp2.0.1' ? 'OCPP 2.0.1' : 'OCPP 1.6'} has no such message type.`;
  if (version !== 'ocpp2.0.1') return dropped(defect);
  return refused(defect, isMessageId(messageId) ? messageId : UNREADABLE_ID, 'MessageTypeNotSupported');
}

function duplicateKey(message: readonly unknown[], version: OcppVersion): DecodedFrame {
  const [type, messageId] = message;
  const defect = 'An object has the same key twice.';
  if (type !== CALL) return typeof type === 'number' ? dropped(defect) : unreadable(defect, version);
  return isMessageId(messageId) ? refused(defect, messageId, 'FormatViolation') : unreadable(defect, version);
}

function overLimit(text: string, defect: string): DecodedFrame {
  const messageId = CALL_HEAD.exec(text)?.[1];
  return messageId === undefined ? dropped(defect) : refused(defect, messageId, 'FormatViolation');
}

function unreadable(defect: string, version: OcppVersion): DecodedFrame {
  return version === 'ocpp1.6' ? dropped(defect) : refused(defect, UNREADABLE_ID, 'RpcFrameworkError');
}

function refused(defect: string, messageId: string, code: OcppErrorCode): DecodedFrame {
  return { ok: false, defect, answer: { messageId, code } };
}

function dropped(defect: string): DecodedFrame {
  return { ok: false, defect, answer: null };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMessageId(value: unknown): value is string {
  return typeof value === 'string' && isPlain(value, MAX_MESSAGE_ID);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && isPlain(value, MAX_NAME);
}

/** 1 to `max` characters that any store, topic or log line can hold: no control characters, no half surrogate pairs. */
function isPlain(text: string, max: number): boolean {
  const length = text.length;
  if (length === 0 || length > max) return false;
  for (let at = 0; at < length; at++) {
    const char = text.charCodeAt(at);
    if (char < 0x20 || char === 0x7f) return false;
    if (char > 0x7f) return text.isWellFormed() && !/\p{Cc}/u.test(text);
  }
  return true;
}

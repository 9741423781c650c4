import { wireErrorCode } from './error-codes.ts';
import type { OcppErrorCode, OcppVersion } from './frame.ts';

const MAX_DESCRIPTION = 255;

/** What a CALLERROR says. `details` must not repeat what the peer sent. */
export interface ErrorAnswer {
  messageId: string;
  code: OcppErrorCode;
  description?: string;
  details?: Record<string, unknown>;
}

export function encodeCall(messageId: string, action: string, payload: unknown): string {
  return JSON.stringify([2, messageId, action, payload]);
}

export function encodeResult(messageId: string, payload: unknown): string {
  return JSON.stringify([3, messageId, payload]);
}

export function encodeError(error: ErrorAnswer, version: OcppVersion): string {
  return encodeErrorAs(4, error, version);
}

/** OCPP 2.1: tells the peer that its CALLRESULT could not be processed. */
export function encodeResultError(error: ErrorAnswer): string {
  return encodeErrorAs(5, error, 'ocpp2.1');
}

/** OCPP 2.1: a message that is never answered. */
export function encodeSend(messageId: string, action: string, payload: unknown): string {
  return JSON.stringify([6, messageId, action, payload]);
}

function encodeErrorAs(type: 4 | 5, error: ErrorAnswer, version: OcppVersion): string {
  const code = wireErrorCode(error.code, version);
  return JSON.stringify([type, error.messageId, code, clip(error.description ?? ''), error.details ?? {}]);
}

/** Shortened to what a description may hold, without cutting a character in half. */
function clip(text: string): string {
  return text.length <= MAX_DESCRIPTION ? text : text.slice(0, MAX_DESCRIPTION).toWellFormed();
}

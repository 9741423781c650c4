import { createHmac } from 'node:crypto';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { Redacted } from './sensitive-values.ts';

/** Shorter ones are replaced only where they are the whole text, or every `1` of a reading would be a token. */
const MIN_WITHIN = 3;
/** In hex and base64 a short one may stand by chance; and so may a short number. */
const MIN_ENCODED = 5;
/** From here on a part of a longer word is one, too: nobody writes these digits by chance. */
const MIN_PART = 8;
/** Values are looked up by their first characters. */
const HEAD = 3;

/** Where a file is fetched from or put to, signatures and keys stand behind the question mark. */
const URL_QUERY = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#"<>]+\?)[^\s#"<>]+/gi;

const WORD = /[a-z0-9]/;
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;
const KIND_NAMES: Record<Redacted, string> = { tokens: 'token', serials: 'serial', addresses: 'address', names: 'cp' };

interface Candidate {
  /** In small letters. */
  text: string;
  pseudonym: string;
  /** As itself it stands between other words; in hex and base64 it may stand anywhere. */
  needsEdges: boolean;
  /** base64 tells great from small letters. */
  exact: string | null;
}

export interface Redactor {
  text(text: string): string;
  /** A JSON text: stays as it was but for the values. What is no JSON is taken as text. */
  frame(frame: string): string;
  row(row: LogRow): LogRow;
}

/**
 * Replaces values by pseudonyms: the same value is the same pseudonym everywhere, and nobody finds the value from it without the
 * key, which is thrown away. Also where a value is in hex or base64, or within a longer text.
 */
export function createRedactor(values: ReadonlyMap<string, Redacted>, key: Buffer): Redactor {
  const whole = new Map<string, string>();
  const within = new Map<string, Candidate[]>();
  for (const [value, kind] of values) addValue(value, kind);
  for (const candidates of within.values()) candidates.sort((a, b) => b.text.length - a.text.length);

  function addValue(value: string, kind: Redacted): void {
    const text = value.toLowerCase();
    const digest = createHmac('sha256', key).update(text).digest('hex').slice(0, 10);
    const pseudonym = `${KIND_NAMES[kind]}-${digest}`;
    whole.set(text, pseudonym);
    if (text.length < MIN_WITHIN) return;
    put({ text, pseudonym, needsEdges: text.length < MIN_PART, exact: null });
    if (text.length < MIN_ENCODED) return;
    for (const bytes of new Set([value, value.toLowerCase(), value.toUpperCase()])) {
      put({ text: Buffer.from(bytes).toString('hex'), pseudonym, needsEdges: false, exact: null });
      for (const exact of base64Cores(Buffer.from(bytes))) {
        put({ text: exact.toLowerCase(), pseudonym, needsEdges: false, exact });
      }
    }
  }

  function put(candidate: Candidate): void {
    const head = candidate.text.slice(0, HEAD);
    const known = within.get(head);
    if (known === undefined) within.set(head, [candidate]);
    else known.push(candidate);
  }

  function candidateAt(original: string, small: string, at: number): Candidate | undefined {
    return within.get(small.slice(at, at + HEAD))?.find(({ text, needsEdges, exact }) => {
      if (!small.startsWith(text, at)) return false;
      if (exact !== null) return original.startsWith(exact, at);
      if (!needsEdges) return true;
      return !WORD.test(small[at - 1] ?? ' ') && !WORD.test(small[at + text.length] ?? ' ');
    });
  }

  function text(full: string): string {
    const original = full.replace(URL_QUERY, '$1•••');
    const small = original.toLowerCase();
    const all = whole.get(small.trim());
    if (all !== undefined) return all;
    // Some letters are longer as small ones: then places would not fit.
    const searched = small.length === original.length ? small : original;
    let result = '';
    let copied = 0;
    for (let at = 0; at < searched.length; at += 1) {
      const candidate = candidateAt(original, searched, at);
      if (candidate === undefined) continue;
      result += original.slice(copied, at) + candidate.pseudonym;
      copied = at + candidate.text.length;
      at = copied - 1;
    }
    return copied === 0 ? original : result + original.slice(copied);
  }

  function token(original: string): string {
    if (!original.startsWith('"')) {
      // A number that is as long as a serial is one; `1` is a connector.
      const pseudonym = original.length < MIN_ENCODED ? undefined : whole.get(original);
      return pseudonym === undefined ? original : `"${pseudonym}"`;
    }
    const value = plain(original);
    const replaced = value === null ? text(original) : text(value);
    return replaced === (value ?? original) ? original : value === null ? replaced : JSON.stringify(replaced);
  }

  const frame = (original: string): string => {
    const replaced = original.replace(STRING_OR_NUMBER, token);
    return isJson(original) ? replaced : text(replaced);
  };

  return {
    text,
    frame,
    row: (row) => ({
      ...row,
      thingName: text(row.thingName),
      connectionId: text(row.connectionId),
      action: row.action === null ? null : text(row.action),
      messageId: row.messageId === null ? null : text(row.messageId),
      frame: frame(row.frame),
      violations:
        row.violations?.map((violation) => ({
          ...violation,
          path: text(violation.path),
          message: text(violation.message),
        })) ?? null,
    }),
  };
}

/** The characters that stand for the value in base64, whatever is before and behind it. */
function base64Cores(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const core = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return core.length < MIN_ENCODED ? [] : [core];
  });
}

function plain(text: string): string | null {
  try {
    return String(JSON.parse(text));
  } catch {
    return null;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

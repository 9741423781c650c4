/** Deeper JSON than this is refused before anything recursive touches it. */
export const MAX_DEPTH = 32;
/** More values, members and separators than this are refused before they are parsed. */
export const MAX_TOKENS = 10_000;

/** The text is within the limits and has this many object members, or it is over a limit. */
export type JsonScan = { ok: true; members: number } | { ok: false; defect: string };

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACKET_OPEN = 0x5b;
const BACKSLASH = 0x5c;
const BRACKET_CLOSE = 0x5d;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;

const TOO_DEEP: JsonScan = { ok: false, defect: `The JSON is nested deeper than ${MAX_DEPTH} levels.` };
const TOO_MANY: JsonScan = { ok: false, defect: `The JSON has more than ${MAX_TOKENS} tokens.` };

/**
 * One pass over the text, without recursion and without allocation. It does not check that the text is JSON:
 * JSON.parse does that afterwards, and the counts are exact for every text that it accepts.
 */
export function scanJson(text: string): JsonScan {
  let depth = 0;
  let tokens = 0;
  let members = 0;
  const length = text.length;
  for (let at = 0; at < length; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      at = endOfString(text, at + 1);
    } else if (char === COMMA) {
      tokens++;
    } else if (char === COLON) {
      tokens++;
      members++;
    } else if (char === BRACE_OPEN || char === BRACKET_OPEN) {
      tokens++;
      if (++depth > MAX_DEPTH) return TOO_DEEP;
    } else if (char === BRACE_CLOSE || char === BRACKET_CLOSE) {
      depth--;
    }
  }
  return tokens > MAX_TOKENS ? TOO_MANY : { ok: true, members };
}

/** Index of the quote that ends the string whose first character is at `from`, or the end of the text. */
function endOfString(text: string, from: number): number {
  const length = text.length;
  for (let at = from; at < length; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) return at;
    if (char === BACKSLASH) at++;
  }
  return length;
}

/** Members of all objects in a parsed value. Fewer than in its text means that a key was there twice. */
export function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countMembers(item);
    return count;
  }
  for (const key in value) {
    count++;
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'object') count += countMembers(member);
  }
  return count;
}

import { createHash } from 'node:crypto';

const WINDOW_MS = 60_000;
const GUESSES_ALLOWED = 10;
/** Addresses and tokens come from strangers: the tables must not grow with them. */
const ADDRESSES_KEPT = 10_000;
const GOOD_TOKENS_KEPT = 1_000;

/**
 * Holds back the guessing of API tokens. Only different wrong tokens count, so that a script with an old one does no
 * harm to others at its address; and a token that was right before is never held back.
 */
export interface TokenGuesses {
  /** Milliseconds until this token will be looked at; 0 for now. */
  waitFor(address: string, token: string): number;
  note(address: string, token: string, wasRight: boolean): void;
}

export function createTokenGuesses(now: () => number): TokenGuesses {
  const good = new Set<string>();
  const guesses = new Map<string, { since: number; wrong: Set<string> }>();

  function running(address: string) {
    const known = guesses.get(address);
    return known !== undefined && now() - known.since < WINDOW_MS ? known : null;
  }

  return {
    waitFor(address, token) {
      const window = running(address);
      if (window === null || window.wrong.size < GUESSES_ALLOWED) return 0;
      const mark = markOf(token);
      return good.has(mark) || window.wrong.has(mark) ? 0 : window.since + WINDOW_MS - now();
    },
    note(address, token, wasRight) {
      const mark = markOf(token);
      if (wasRight) {
        keep(good, mark, GOOD_TOKENS_KEPT);
        return;
      }
      good.delete(mark);
      const window = running(address) ?? { since: now(), wrong: new Set() };
      window.wrong.add(mark);
      guesses.delete(address);
      guesses.set(address, window);
      dropOldest(guesses, ADDRESSES_KEPT);
    },
  };
}

const markOf = (token: string): string => createHash('sha256').update(token).digest('base64');

function keep(marks: Set<string>, mark: string, count: number): void {
  marks.delete(mark);
  marks.add(mark);
  dropOldest(marks, count);
}

function dropOldest(table: Set<string> | Map<string, unknown>, count: number): void {
  if (table.size > count) table.delete(table.keys().next().value ?? '');
}

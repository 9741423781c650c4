const FREE_ATTEMPTS = 5;
const LONGEST_WAIT_MS = 15 * 60_000;
const MAXIMUM_KEYS = 10_000;

export interface AttemptLimit {
  /** Counts an attempt. @returns how long to wait before it may be made, 0 for now */
  begin(key: string): number;
  /** It was the right one: forget the failures. */
  succeeded(key: string): void;
}

/** After a few failures each further attempt has to wait, twice as long every time. */
export function createAttemptLimit(now: () => number): AttemptLimit {
  const attempts = new Map<string, { count: number; last: number }>();

  function waitAfter(count: number): number {
    if (count < FREE_ATTEMPTS) return 0;
    return Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** (count - FREE_ATTEMPTS));
  }

  return {
    begin(key) {
      const known = attempts.get(key);
      const quiet = known === undefined || now() - known.last > LONGEST_WAIT_MS;
      const { count, last } = quiet ? { count: 0, last: 0 } : known;
      const wait = last + waitAfter(count) - now();
      if (wait > 0) return wait;
      // Counted before it is known how it ends, so that many at the same time do not all pass.
      attempts.delete(key);
      attempts.set(key, { count: count + 1, last: now() });
      const [oldest] = attempts.keys();
      if (attempts.size > MAXIMUM_KEYS && oldest !== undefined) attempts.delete(oldest);
      return 0;
    },
    succeeded(key) {
      attempts.delete(key);
    },
  };
}

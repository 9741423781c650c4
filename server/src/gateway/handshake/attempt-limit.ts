const WINDOW_MS = 60_000;
const FAILURES_ALLOWED = 5;
/** Names come from strangers: the table must not grow with them. */
const NAMES_KEPT = 10_000;

/**
 * Counts failed handshakes of an identity. Only failures are held back: whoever has the right credentials gets in at
 * once, so nobody can lock a charge point out by guessing.
 */
export class AttemptLimit {
  readonly #failures = new Map<string, { since: number; count: number }>();

  /** @returns false when this failure is one too many within a minute */
  allowsFailure(identity: string, now: number): boolean {
    const known = this.#failures.get(identity);
    const current = known && now - known.since < WINDOW_MS ? known : { since: now, count: 0 };
    current.count += 1;
    // Written again to be the youngest of the map; the oldest goes when there are too many.
    this.#failures.delete(identity);
    this.#failures.set(identity, current);
    if (this.#failures.size > NAMES_KEPT) this.#failures.delete(this.#failures.keys().next().value ?? '');
    return current.count <= FAILURES_ALLOWED;
  }
}

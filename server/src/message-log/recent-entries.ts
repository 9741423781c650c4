import type { LogEntry } from './message-log.ts';

/** The newest durable entries, bounded by count and by the size of their frames. */
export class RecentEntries {
  readonly #maxEntries: number;
  readonly #maxChars: number;
  #entries: LogEntry[] = [];
  #chars = 0;

  constructor(maxEntries: number, maxChars: number) {
    this.#maxEntries = maxEntries;
    this.#maxChars = maxChars;
  }

  add(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      this.#entries.push(entry);
      this.#chars += entry.row.frame.length;
    }
    // Halved when full, not shifted one by one: the array is copied once in a while instead of at each group.
    if (this.#entries.length > this.#maxEntries || this.#chars > this.#maxChars) this.#dropOlderHalf();
  }

  /** Entries with an id greater than `afterId`, or null when some of them are no longer here. */
  after(afterId: number): readonly LogEntry[] | null {
    const first = this.#entries[0];
    if (!first || first.row.id > afterId + 1) return null;
    return this.#entries.slice(this.#indexAfter(afterId));
  }

  #dropOlderHalf(): void {
    this.#entries = this.#entries.slice(Math.ceil(this.#entries.length / 2));
    this.#chars = this.#entries.reduce((sum, entry) => sum + entry.row.frame.length, 0);
  }

  #indexAfter(id: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.row.id ?? 0) <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

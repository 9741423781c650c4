import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { LogEntry } from './message-log.ts';

/**
 * The newest durable rows, bounded by count and by the size of their frames. Without the decoded frames: so many small
 * objects that live a second are what a garbage collector likes least.
 */
export class RecentRows {
  readonly #maxRows: number;
  readonly #maxChars: number;
  #rows: LogRow[] = [];
  #chars = 0;

  constructor(maxRows: number, maxChars: number) {
    this.#maxRows = maxRows;
    this.#maxChars = maxChars;
  }

  add(entries: readonly LogEntry[]): void {
    for (const { row } of entries) {
      this.#rows.push(row);
      this.#chars += row.frame.length;
    }
    // Halved when full, not shifted one by one: the array is copied once in a while instead of at each group.
    if (this.#rows.length > this.#maxRows || this.#chars > this.#maxChars) this.#dropOlderHalf();
  }

  /** Rows with an id greater than `afterId`, or null when some of them are no longer here. */
  after(afterId: number): readonly LogRow[] | null {
    const first = this.#rows[0];
    if (!first || first.id > afterId + 1) return null;
    return this.#rows.slice(this.#indexAfter(afterId));
  }

  #dropOlderHalf(): void {
    this.#rows = this.#rows.slice(Math.ceil(this.#rows.length / 2));
    this.#chars = this.#rows.reduce((sum, row) => sum + row.frame.length, 0);
  }

  #indexAfter(id: number): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle]?.id ?? 0) <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

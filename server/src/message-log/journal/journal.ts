import { SegmentFile } from './segment-file.ts';
import { encodeBatch } from './segment-format.ts';
import { segmentPath } from './segments.ts';

/** Where the journal ends on disk. */
export interface JournalPosition {
  segment: number;
  bytes: number;
}

export interface JournalOptions {
  folder: string;
  firstSegment: number;
  /** A segment is closed once it is larger. */
  segmentBytes: number;
  /** The records appended so far become one group; it ends with `onDurable` or with trouble. */
  onGroup: () => void;
  /** A group reached the disk. */
  onDurable: (end: JournalPosition, tookMs: number) => void;
  onTrouble: (error: Error | null) => void;
}

type Done = (error: Error | null) => void;

/**
 * A group is begun at most this often, so that under load many frames share a write, a wake-up of the thread that waits
 * for the disk, and an fsync. A frame that comes alone does not wait.
 */
const GROUP_INTERVAL_MS = 3;
/** After a failed write it is tried whether the disk takes one, also while nobody has anything to append. */
const PROBE_AFTER_MS = 1_000;

/**
 * Appends records in groups, one fsync for all that arrived while the last one was under way: the more load, the
 * larger the groups. A group that could not be written is given up as a whole; its callers are told, and the file is
 * cut back to the last whole batch before the next.
 */
export class Journal {
  readonly #options: JournalOptions;
  #file: SegmentFile;
  #position: JournalPosition;
  #records = '';
  #waiting: Done[] = [];
  /** Those of the group that is being written. */
  #flushing: Done[] | null = null;
  #scheduled = false;
  #flushedAt = 0;
  /** After a failed write the file may end in half a batch. */
  #dirtyTail = false;
  #probe: NodeJS.Timeout | undefined;

  private constructor(options: JournalOptions, file: SegmentFile) {
    this.#options = options;
    this.#file = file;
    this.#position = { segment: options.firstSegment, bytes: 0 };
  }

  static async open(options: JournalOptions): Promise<Journal> {
    return new Journal(options, await createSegment(options.folder, options.firstSegment));
  }

  append(record: string): void {
    this.#records += record;
    this.#schedule();
  }

  whenDurable(done: Done): void {
    if (this.#records !== '') this.#waiting.push(done);
    else if (this.#flushing) this.#flushing.push(done);
    else done(null);
  }

  async close(): Promise<void> {
    clearTimeout(this.#probe);
    await new Promise<void>((resolve) => this.whenDurable(() => resolve()));
    await this.#file.close(this.#position.bytes);
  }

  #schedule(): void {
    if (this.#scheduled || this.#flushing) return;
    this.#scheduled = true;
    const wait = this.#flushedAt + GROUP_INTERVAL_MS - performance.now();
    // Not at once: what is read in this turn of the event loop is of the same group.
    if (wait <= 0) setImmediate(this.#begin);
    else setTimeout(this.#begin, wait);
  }

  readonly #begin = (): void => {
    this.#scheduled = false;
    void this.#flush();
  };

  async #flush(): Promise<void> {
    const records = this.#records;
    const waiting = this.#waiting;
    this.#records = '';
    this.#waiting = [];
    this.#flushing = waiting;
    this.#options.onGroup();
    const startedAt = performance.now();
    this.#flushedAt = startedAt;
    let failure: Error | null = null;
    try {
      await this.#prepare();
      const batch = encodeBatch(records);
      await this.#file.write(batch, this.#position.bytes);
      this.#position = { segment: this.#position.segment, bytes: this.#position.bytes + batch.length };
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      this.#dirtyTail = true;
    }
    this.#flushing = null;
    if (failure === null) this.#options.onDurable(this.#position, performance.now() - startedAt);
    this.#options.onTrouble(failure);
    for (const done of waiting) done(failure);
    if (this.#records !== '') this.#schedule();
    else if (failure !== null) this.#probe = setTimeout(this.#tryAgain, PROBE_AFTER_MS).unref();
  }

  /** With a batch of nothing. */
  readonly #tryAgain = (): void => {
    if (this.#dirtyTail && !this.#scheduled && this.#flushing === null) this.#begin();
  };

  async #prepare(): Promise<void> {
    if (this.#dirtyTail) {
      await this.#file.cut(this.#position.bytes);
      this.#dirtyTail = false;
    }
    if (this.#position.bytes < this.#options.segmentBytes) return;
    const next = this.#position.segment + 1;
    const file = await createSegment(this.#options.folder, next);
    await this.#file.close(this.#position.bytes);
    this.#file = file;
    this.#position = { segment: next, bytes: 0 };
  }
}

const createSegment = (folder: string, number: number): Promise<SegmentFile> =>
  SegmentFile.create(folder, segmentPath(folder, number));

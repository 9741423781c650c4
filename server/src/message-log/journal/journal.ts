import { write } from 'node:fs';
import { type FileHandle, constants as fsConstants, open } from 'node:fs/promises';
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

/**
 * Appends records in groups, one fsync for all that arrived while the last one was under way: the more load, the
 * larger the groups. A group that could not be written is given up as a whole; its callers are told, and the file is
 * cut back to the last whole batch before the next.
 */
export class Journal {
  readonly #options: JournalOptions;
  #file: FileHandle;
  #position: JournalPosition;
  #records = '';
  #waiting: Done[] = [];
  /** Those of the group that is being written. */
  #flushing: Done[] | null = null;
  #scheduled = false;
  #flushedAt = 0;
  /** After a failed write the file may end in half a batch. */
  #dirtyTail = false;

  private constructor(options: JournalOptions, file: FileHandle) {
    this.#options = options;
    this.#file = file;
    this.#position = { segment: options.firstSegment, bytes: 0 };
  }

  static async open(options: JournalOptions): Promise<Journal> {
    return new Journal(options, await openSegment(options.folder, options.firstSegment));
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
    await new Promise<void>((resolve) => this.whenDurable(() => resolve()));
    await this.#file.close();
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
      await writeDurably(this.#file.fd, batch, this.#position.bytes);
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
  }

  async #prepare(): Promise<void> {
    if (this.#dirtyTail) {
      await this.#file.truncate(this.#position.bytes);
      this.#dirtyTail = false;
    }
    if (this.#position.bytes < this.#options.segmentBytes) return;
    const next = this.#position.segment + 1;
    const file = await openSegment(this.#options.folder, next);
    await this.#file.close();
    this.#file = file;
    this.#position = { segment: next, bytes: 0 };
  }
}

/** Creates the file and makes its name durable: without the folder's fsync a power loss may lose the whole segment. */
async function openSegment(folder: string, number: number): Promise<FileHandle> {
  const { O_CREAT, O_TRUNC, O_RDWR, O_DSYNC } = fsConstants;
  const file = await open(segmentPath(folder, number), O_CREAT | O_TRUNC | O_RDWR | O_DSYNC);
  const directory = await open(folder, fsConstants.O_RDONLY);
  await directory.sync();
  await directory.close();
  return file;
}

/**
 * The file is open with O_DSYNC: a write is on the disk when it returns, in one trip to the thread pool instead of two.
 * The callback form: a promise per system call costs more than the call here.
 */
function writeDurably(fd: number, bytes: Buffer, position: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const writeRest = (from: number): void => {
      write(fd, bytes, from, bytes.length - from, position + from, (error, written) => {
        if (error) reject(error);
        else if (from + written < bytes.length) writeRest(from + written);
        else resolve();
      });
    };
    writeRest(0);
  });
}

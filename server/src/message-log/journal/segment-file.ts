import { write } from 'node:fs';
import { type FileHandle, constants as fsConstants, open } from 'node:fs/promises';

/**
 * So much is filled with zeros ahead of what is written. To write where blocks are already is one trip to the disk; to grow
 * the file is another for the file system's own journal, and waits for what other files have there.
 */
const ROOM_BYTES = 4 << 20;
const ZEROS = Buffer.alloc(1 << 20);

/** One file of the journal: written at its end, whole batches that are on the disk when the promise resolves. */
export class SegmentFile {
  /** Open with O_DSYNC: a write is on the disk when it returns, in one trip to the thread pool instead of two. */
  readonly #file: FileHandle;
  /** The same file, for zeros that nobody waits for. */
  readonly #filler: FileHandle;
  #roomEnd = 0;
  #filling: Promise<void> | null = null;

  private constructor(file: FileHandle, filler: FileHandle) {
    this.#file = file;
    this.#filler = filler;
  }

  /** Creates the file and makes its name durable: without the folder's fsync a power loss may lose the whole segment. */
  static async create(folder: string, path: string): Promise<SegmentFile> {
    const { O_CREAT, O_TRUNC, O_RDWR, O_RDONLY, O_DSYNC } = fsConstants;
    const file = await open(path, O_CREAT | O_TRUNC | O_RDWR | O_DSYNC);
    const filler = await open(path, O_RDWR);
    const directory = await open(folder, O_RDONLY);
    await directory.sync();
    await directory.close();
    return new SegmentFile(file, filler);
  }

  async write(bytes: Buffer, position: number): Promise<void> {
    const end = position + bytes.length;
    // Zeros on their way must not come after what is written there.
    if (end > this.#roomEnd && this.#filling !== null) await this.#filling;
    await writeAll(this.#file.fd, bytes, position);
    this.#roomEnd = Math.max(this.#roomEnd, end);
    if (this.#filling === null && this.#roomEnd - end < ROOM_BYTES / 2) this.#filling = this.#fill(this.#roomEnd);
  }

  /** Cuts off what is behind: half a batch, or the room that is left. */
  async cut(end: number): Promise<void> {
    await this.#filling;
    await this.#file.truncate(end);
    this.#roomEnd = end;
  }

  async close(end: number): Promise<void> {
    await this.cut(end);
    await this.#filler.close();
    await this.#file.close();
  }

  async #fill(from: number): Promise<void> {
    try {
      for (let at = from; at < from + ROOM_BYTES; at += ZEROS.length) await writeAll(this.#filler.fd, ZEROS, at);
      await this.#filler.datasync();
      this.#roomEnd = from + ROOM_BYTES;
    } catch {
      // A full disk is told by the next write, which then grows the file itself.
    } finally {
      this.#filling = null;
    }
  }
}

/** The callback form: a promise per system call costs more than the call here. */
function writeAll(fd: number, bytes: Buffer, position: number): Promise<void> {
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

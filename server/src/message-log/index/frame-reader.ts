import { closeSync, openSync, readSync } from 'node:fs';
import type { FramePlace } from '../journal/segment-format.ts';
import { segmentPath } from '../journal/segments.ts';

const SEGMENTS_OPEN = 32;
const AHEAD_BYTES = 64 << 10;
/** Reading this much at once costs about as much as asking for one frame. */
const NEAR_BYTES = 16 << 10;

/** Reads frames from where the journal wrote them. */
export class FrameReader {
  readonly #folder: string;
  readonly #open = new Map<number, number>();

  #ahead = { segment: -1, begin: 0, end: 0, buffer: Buffer.allocUnsafe(AHEAD_BYTES) };

  constructor(journalFolder: string) {
    this.#folder = journalFolder;
  }

  /** @throws when the segment has been pruned */
  read({ segment, offset, bytes }: FramePlace): string {
    const buffer = Buffer.allocUnsafe(bytes);
    const read = readSync(this.#descriptor(segment), buffer, 0, bytes, offset);
    if (read !== bytes) throw new Error(`Segment ${segment} of the journal ends within a frame`);
    return buffer.toString('utf8');
  }

  /** Of rows in their order, or against it. */
  readAll(places: readonly FramePlace[]): string[] {
    const [first, last] = [places[0], places.at(-1)];
    if (first === undefined || last === undefined) return [];
    const isNear = first.segment === last.segment && Math.abs(last.offset - first.offset) < places.length * NEAR_BYTES;
    if (!isNear) return places.map((place) => this.read(place));
    const isForwards = first.offset <= last.offset;
    const inOrder = isForwards ? places : places.toReversed();
    const frames = inOrder.map((place) => this.readAhead(place, isForwards ? last : first));
    return isForwards ? frames : frames.reverse();
  }

  /**
   * For frames that are read in their order: what follows each is read with it, and kept.
   * @param last of those that will be asked for. Nothing behind it is read: the journal may be writing there just now.
   */
  readAhead(place: FramePlace, last: FramePlace): string {
    const { segment, offset, bytes } = place;
    const ahead = this.#ahead;
    if (segment !== ahead.segment || offset < ahead.begin || offset + bytes > ahead.end) {
      if (bytes > AHEAD_BYTES) return this.read(place);
      const known = segment === last.segment ? Math.max(last.offset + last.bytes - offset, bytes) : AHEAD_BYTES;
      const read = readSync(this.#descriptor(segment), ahead.buffer, 0, Math.min(known, AHEAD_BYTES), offset);
      this.#ahead = { ...ahead, segment, begin: offset, end: offset + read };
      if (read < bytes) throw new Error(`Segment ${segment} of the journal ends within a frame`);
    }
    const { buffer, begin } = this.#ahead;
    return buffer.toString('utf8', offset - begin, offset - begin + bytes);
  }

  close(): void {
    for (const descriptor of this.#open.values()) closeSync(descriptor);
    this.#open.clear();
  }

  #descriptor(segment: number): number {
    const known = this.#open.get(segment);
    if (known !== undefined) return known;
    if (this.#open.size >= SEGMENTS_OPEN) this.close();
    const descriptor = openSync(segmentPath(this.#folder, segment), 'r');
    this.#open.set(segment, descriptor);
    return descriptor;
  }
}

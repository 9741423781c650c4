import { closeSync, openSync, readSync } from 'node:fs';
import type { FramePlace } from '../journal/segment-format.ts';
import { segmentPath } from '../journal/segments.ts';

const SEGMENTS_OPEN = 32;

/** Reads frames from where the journal wrote them. */
export class FrameReader {
  readonly #folder: string;
  readonly #open = new Map<number, number>();

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

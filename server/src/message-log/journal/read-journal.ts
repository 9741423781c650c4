import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import type { JournalPosition } from './journal.ts';
import { decodeBatches, type IndexedRow, type SegmentPart } from './segment-format.ts';
import { segmentPath } from './segments.ts';

/** Rows at once at the most, so that catching up after a long outage needs little memory. */
const CHUNK_BYTES = 4 << 20;

export interface JournalChunk {
  rows: IndexedRow[];
  /** Where the journal stands after them. */
  end: JournalPosition;
  /** Where their frames are. */
  part: SegmentPart;
}

/**
 * What the journal has after a place. Stops in a segment at a torn batch, or at the place given: nothing beyond was ever
 * acknowledged.
 */
export function* readJournal(folder: string, from: JournalPosition, to: JournalPosition): Generator<JournalChunk> {
  for (let segment = from.segment; segment <= to.segment; segment += 1) {
    if (!existsSync(segmentPath(folder, segment))) continue;
    const range = {
      begin: segment === from.segment ? from.bytes : 0,
      end: segment === to.segment ? to.bytes : Number.POSITIVE_INFINITY,
    };
    yield* readSegment(folder, segment, range);
  }
}

function* readSegment(
  folder: string,
  segment: number,
  { begin, end }: { begin: number; end: number },
): Generator<JournalChunk> {
  const fd = openSync(segmentPath(folder, segment), 'r');
  try {
    let position = begin;
    let chunkBytes = CHUNK_BYTES;
    for (;;) {
      const left = Math.min(fstatSync(fd).size, end) - position;
      if (left <= 0) return;
      const bytes = Buffer.allocUnsafe(Math.min(left, chunkBytes));
      readSync(fd, bytes, 0, bytes.length, position);
      const rows: IndexedRow[] = [];
      const part = { segment, position, bytes };
      const { consumed } = decodeBatches(part, (row) => rows.push(row));
      if (consumed === 0 && bytes.length === left) return;
      // A batch larger than the chunk: read again with more room.
      chunkBytes = consumed === 0 ? chunkBytes * 2 : CHUNK_BYTES;
      position += consumed;
      if (consumed > 0) yield { rows, end: { segment, bytes: position }, part };
    }
  } finally {
    closeSync(fd);
  }
}

import { crc32 } from 'node:zlib';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';

/**
 * A segment file is a sequence of batches, one per fsync: a 12-byte header (magic, length and CRC-32 of the body) and
 * the body as UTF-8. The body holds records: the row without its frame as a JSON array, `\n`, the frame, `\n`. The
 * frame's length in bytes is in the array, because a frame from the wire may hold line breaks of its own.
 *
 * A batch is whole or it was never acknowledged: reading stops at the first one whose checksum is wrong.
 */
const MAGIC = 0x43504f31;
const HEADER_BYTES = 12;
const LINE_BREAK = 0x0a;

type RecordHead = [
  id: number,
  thingName: string,
  connectionId: string,
  at: number,
  direction: LogRow['direction'],
  kind: LogRow['kind'],
  action: string | null,
  messageId: string | null,
  frameBytes: number,
  latencyMs: number | null,
  errorCode: string | null,
  violations: LogRow['violations'],
];

export function encodeRecord(row: LogRow): string {
  const head: RecordHead = [
    row.id,
    row.thingName,
    row.connectionId,
    row.at,
    row.direction,
    row.kind,
    row.action,
    row.messageId,
    Buffer.byteLength(row.frame),
    row.latencyMs,
    row.errorCode,
    row.violations,
  ];
  return `${JSON.stringify(head)}\n${row.frame}\n`;
}

export function encodeBatch(records: string): Buffer {
  const bodyBytes = Buffer.byteLength(records);
  const batch = Buffer.allocUnsafe(HEADER_BYTES + bodyBytes);
  batch.writeUInt32BE(MAGIC, 0);
  batch.writeUInt32BE(bodyBytes, 4);
  batch.write(records, HEADER_BYTES, 'utf8');
  batch.writeUInt32BE(crc32(batch.subarray(HEADER_BYTES)), 8);
  return batch;
}

/** What the index needs of a row, and where in the segment its frame is. */
export type FramePlace = { segment: number; offset: number; bytes: number };
export type IndexedRow = Omit<LogRow, 'frame'> & FramePlace;

/** A part of a segment file. */
export interface SegmentPart {
  segment: number;
  /** Where in the file `bytes` begins. */
  position: number;
  bytes: Buffer;
}

/**
 * The rows of the whole batches at the start of the part. Their frames are left where they are.
 * @returns `consumed`: where the next batch begins; less than the length when the last one is torn or still being written
 */
export function decodeBatches(part: SegmentPart, visit: (row: IndexedRow) => void): { consumed: number } {
  const { bytes } = part;
  let offset = 0;
  while (bytes.length - offset >= HEADER_BYTES) {
    if (bytes.readUInt32BE(offset) !== MAGIC) break;
    const begin = offset + HEADER_BYTES;
    const end = begin + bytes.readUInt32BE(offset + 4);
    if (end > bytes.length) break;
    if (crc32(bytes.subarray(begin, end)) !== bytes.readUInt32BE(offset + 8)) break;
    decodeRecords(part, { begin, end }, visit);
    offset = end;
  }
  return { consumed: offset };
}

function decodeRecords(
  { segment, position, bytes }: SegmentPart,
  { begin, end }: { begin: number; end: number },
  visit: (row: IndexedRow) => void,
): void {
  let at = begin;
  while (at < end) {
    const headEnd = bytes.indexOf(LINE_BREAK, at);
    const head = JSON.parse(bytes.toString('utf8', at, headEnd)) as RecordHead;
    const frameAt = headEnd + 1;
    visit({
      id: head[0],
      thingName: head[1],
      connectionId: head[2],
      at: head[3],
      direction: head[4],
      kind: head[5],
      action: head[6],
      messageId: head[7],
      latencyMs: head[9],
      errorCode: head[10],
      violations: head[11],
      segment,
      offset: position + frameAt,
      bytes: head[8],
    });
    at = frameAt + head[8] + 1;
  }
}

import { crc32 } from 'node:zlib';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';

/**
 * A segment file is a sequence of batches, one per fsync: a 12-byte header (magic, length and CRC-32 of the body) and
 * the body as UTF-8. The body holds records: the row without its frame as a JSON array, `\n`, the frame, `\n`. The
 * frame's length is in the array, because a frame from the wire may hold line breaks of its own.
 *
 * A batch is whole or it was never acknowledged: reading stops at the first one whose checksum is wrong.
 */
const MAGIC = 0x43504f31;
export const HEADER_BYTES = 12;

type RecordHead = [
  id: number,
  thingName: string,
  connectionId: string,
  at: number,
  direction: LogRow['direction'],
  kind: LogRow['kind'],
  action: string | null,
  messageId: string | null,
  frameLength: number,
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
    row.frame.length,
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

/**
 * The rows of the whole batches at the start of `bytes`.
 * @returns `consumed`: where the next batch begins; less than the length when the last one is torn or still being written
 */
export function decodeBatches(bytes: Buffer, visit: (row: LogRow) => void): { consumed: number } {
  let offset = 0;
  while (bytes.length - offset >= HEADER_BYTES) {
    if (bytes.readUInt32BE(offset) !== MAGIC) break;
    const bodyBytes = bytes.readUInt32BE(offset + 4);
    const end = offset + HEADER_BYTES + bodyBytes;
    if (end > bytes.length) break;
    const body = bytes.subarray(offset + HEADER_BYTES, end);
    if (crc32(body) !== bytes.readUInt32BE(offset + 8)) break;
    decodeRecords(body.toString('utf8'), visit);
    offset = end;
  }
  return { consumed: offset };
}

function decodeRecords(body: string, visit: (row: LogRow) => void): void {
  let position = 0;
  while (position < body.length) {
    const headEnd = body.indexOf('\n', position);
    const head = JSON.parse(body.slice(position, headEnd)) as RecordHead;
    const [id, thingName, connectionId, at, direction, kind, action, messageId, frameLength, latencyMs, errorCode] =
      head;
    const frame = body.slice(headEnd + 1, headEnd + 1 + frameLength);
    const violations = head[11];
    visit({
      id,
      thingName,
      connectionId,
      at,
      direction,
      kind,
      action,
      messageId,
      frame,
      latencyMs,
      errorCode,
      violations,
    });
    position = headEnd + 1 + frameLength + 1;
  }
}

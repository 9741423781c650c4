import { closeSync, fstatSync, openSync, readSync, rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { decodeBatches } from '../journal/segment-format.ts';
import { listSegments, segmentPath } from '../journal/segments.ts';
import { dayFilePath, listDays } from './day-file.ts';
import { IndexWriter } from './index-writer.ts';
import type { IndexFolders, WriterReply, WriterRequest } from './protocol.ts';

/** Rows in one transaction at the most, so that catching up after a long outage needs little memory. */
const CHUNK_BYTES = 4 << 20;
const RETRY_MS = 1_000;

const folders = workerData as IndexFolders;
const port = parentPort;
if (!port) throw new Error('writer.worker.ts runs as a worker thread');
const reply = (message: WriterReply): void => port.postMessage(message);

const writer = new IndexWriter(folders.index);
/** What is indexed of the journal: everything before this place. */
let reached = { segment: 0, bytes: 0 };

/** Indexes the segment from `reached` on. Stops at a torn batch: nothing after it was ever acknowledged. */
function indexSegment(number: number): void {
  const from = number === reached.segment ? reached.bytes : 0;
  const fd = openSync(segmentPath(folders.journal, number), 'r');
  try {
    let position = from;
    let chunkBytes = CHUNK_BYTES;
    for (;;) {
      const left = fstatSync(fd).size - position;
      if (left <= 0) break;
      const chunk = Buffer.allocUnsafe(Math.min(left, chunkBytes));
      readSync(fd, chunk, 0, chunk.length, position);
      const rows: LogRow[] = [];
      const { consumed } = decodeBatches(chunk, (row) => rows.push(row));
      if (consumed === 0 && chunk.length === left) break;
      // A batch larger than the chunk: read again with more room.
      chunkBytes = consumed === 0 ? chunkBytes * 2 : CHUNK_BYTES;
      writer.write(rows);
      position += consumed;
      reached = { segment: number, bytes: position };
    }
  } finally {
    closeSync(fd);
  }
}

/** A segment that is wholly in the index is not needed any more. */
function indexUpTo(segment: number): void {
  for (const number of listSegments(folders.journal)) {
    if (number > segment) break;
    if (number >= reached.segment) indexSegment(number);
    if (number < segment) rmSync(segmentPath(folders.journal, number));
  }
}

function prune(beforeDay: string): void {
  writer.close();
  for (const day of listDays(folders.index).filter((candidate) => candidate < beforeDay)) {
    for (const ending of ['', '-wal', '-shm']) rmSync(dayFilePath(folders.index, day) + ending, { force: true });
  }
}

/** Storage trouble leaves the rows in the journal: say so and try again. */
function indexOrRetry(request: Extract<WriterRequest, { kind: 'index' }>): void {
  try {
    indexUpTo(request.end.segment);
    reply({ kind: 'indexed', lastId: writer.lastId, ask: request.ask });
  } catch (error) {
    reply({ kind: 'trouble', message: error instanceof Error ? error.message : String(error) });
    setTimeout(() => indexOrRetry(request), RETRY_MS);
  }
}

port.on('message', (request: WriterRequest) => {
  if (request.kind === 'index') indexOrRetry(request);
  else if (request.kind === 'prune') prune(request.beforeDay);
  else {
    writer.close();
    port.close();
  }
});

const newestSegment = listSegments(folders.journal).at(-1) ?? 0;
indexUpTo(newestSegment + 1);
reply({ kind: 'ready', lastId: writer.lastId, nextSegment: newestSegment + 1 });

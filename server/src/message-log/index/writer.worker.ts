import { closeSync, existsSync, fstatSync, openSync, readSync, rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { JournalPosition } from '../journal/journal.ts';
import { decodeBatches, type IndexedRow } from '../journal/segment-format.ts';
import { listSegments, segmentPath } from '../journal/segments.ts';
import type { LogPlan } from '../kept/log-plan.ts';
import { prune } from '../kept/prune.ts';
import { IndexWriter } from './index-writer.ts';
import type { IndexFolders, WriterReply, WriterRequest } from './protocol.ts';

/** Rows in one transaction at the most, so that catching up after a long outage needs little memory. */
const CHUNK_BYTES = 4 << 20;
const RETRY_MS = 1_000;

const folders = workerData as IndexFolders;
const port = parentPort;
if (!port) throw new Error('writer.worker.ts runs as a worker thread');
const reply = (message: WriterReply): void => port.postMessage(message);

const writer = new IndexWriter(folders);

/**
 * Indexes the segment from where the index stands. Stops at a torn batch, or after `maxBytes`: nothing beyond was ever
 * acknowledged.
 */
function indexSegment(segment: number, maxBytes: number): void {
  const { reached } = writer;
  const fd = openSync(segmentPath(folders.journal, segment), 'r');
  try {
    let position = segment === reached.segment ? reached.bytes : 0;
    let chunkBytes = CHUNK_BYTES;
    for (;;) {
      const left = Math.min(fstatSync(fd).size, maxBytes) - position;
      if (left <= 0) break;
      const bytes = Buffer.allocUnsafe(Math.min(left, chunkBytes));
      readSync(fd, bytes, 0, bytes.length, position);
      const rows: IndexedRow[] = [];
      const part = { segment, position, bytes };
      const { consumed } = decodeBatches(part, (row) => rows.push(row));
      if (consumed === 0 && bytes.length === left) break;
      // A batch larger than the chunk: read again with more room.
      chunkBytes = consumed === 0 ? chunkBytes * 2 : CHUNK_BYTES;
      position += consumed;
      if (consumed > 0) writer.write(rows, { segment, bytes: position }, part);
    }
  } finally {
    closeSync(fd);
  }
}

function indexUpTo(end: JournalPosition): void {
  for (let segment = writer.reached.segment; segment <= end.segment; segment += 1) {
    const maxBytes = segment === end.segment ? end.bytes : Number.POSITIVE_INFINITY;
    if (existsSync(segmentPath(folders.journal, segment))) indexSegment(segment, maxBytes);
  }
}

function dropSegments(): void {
  const oldest = Math.min(writer.oldestSegment() ?? writer.reached.segment, writer.reached.segment);
  for (const segment of listSegments(folders.journal)) {
    if (segment < oldest) rmSync(segmentPath(folders.journal, segment));
  }
}

/** Between its steps there is time for rows that come. */
async function pruneInSteps(plan: LogPlan): Promise<void> {
  for (const _step of prune(folders, writer, plan)) await setImmediate();
}

async function answer(ask: number, work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
    reply({ kind: 'done', ask, problem: null });
  } catch (error) {
    reply({ kind: 'done', ask, problem: error instanceof Error ? error.message : String(error) });
  }
}

/** Storage trouble leaves the rows in the journal: say so and try again. */
function indexOrRetry(request: Extract<WriterRequest, { kind: 'index' }>): void {
  try {
    indexUpTo(request.end);
    reply({ kind: 'indexed', lastId: writer.lastId, ask: request.ask });
  } catch (error) {
    reply({ kind: 'trouble', message: error instanceof Error ? error.message : String(error) });
    setTimeout(() => indexOrRetry(request), RETRY_MS);
  }
}

port.on('message', (request: WriterRequest) => {
  if (request.kind === 'index') indexOrRetry(request);
  else if (request.kind === 'prune') void answer(request.ask, () => pruneInSteps(request.plan));
  else if (request.kind === 'drop-segments') void answer(request.ask, dropSegments);
  else {
    writer.close();
    port.close();
  }
});

const newestSegment = listSegments(folders.journal).at(-1) ?? 0;
indexUpTo({ segment: newestSegment, bytes: Number.POSITIVE_INFINITY });
reply({ kind: 'ready', lastId: writer.lastId, nextSegment: newestSegment + 1 });

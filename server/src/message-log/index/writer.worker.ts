import { rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { JournalPosition } from '../journal/journal.ts';
import { readJournal } from '../journal/read-journal.ts';
import { listSegments, segmentPath } from '../journal/segments.ts';
import type { LogPlan } from '../kept/log-plan.ts';
import { prune } from '../kept/prune.ts';
import { IndexWriter } from './index-writer.ts';
import { type IndexFolders, toProblem, type WriterReply, type WriterRequest } from './protocol.ts';

const RETRY_MS = 1_000;

const folders = workerData as IndexFolders;
const port = parentPort;
if (!port) throw new Error('writer.worker.ts runs as a worker thread');
const reply = (message: WriterReply): void => port.postMessage(message);

const writer = new IndexWriter(folders);

function indexUpTo(to: JournalPosition): void {
  for (const { rows, end, part } of readJournal(folders.journal, writer.reached, to)) writer.write(rows, end, part);
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
    reply({ kind: 'done', ask, problem: toProblem(error) });
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

/** The thread that moves rows from the journal into PostgreSQL. */
import { rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { type Problem, toProblem, type WriterReply, type WriterRequest } from '../index/protocol.ts';
import type { JournalPosition } from '../journal/journal.ts';
import { listSegments, segmentPath } from '../journal/segments.ts';
import { createLogFeed, type LogFeedOptions } from './log-feed.ts';
import { createLogSigner } from './log-signer.ts';
import { pruneDays } from './prune-days.ts';

const RETRY_MS = 1_000;

const options = workerData as LogFeedOptions;
const port = parentPort;
if (!port) throw new Error('feeder.worker.ts runs as a worker thread');
const reply = (message: WriterReply): void => port.postMessage(message);

const feed = createLogFeed(options);
const signer = createLogSigner(options.url);
/** Set while PostgreSQL can't be used: who asks is told at once. */
let trouble: Problem | null = null;
/** How far it was to move rows last. */
let wanted: JournalPosition | null = null;
/** One thing at a time. */
let last: Promise<void> = Promise.resolve();

async function moveUpTo(end: JournalPosition, ask: number | null): Promise<void> {
  wanted = end;
  if (trouble === null) trouble = await problemOf(() => move(end, ask));
  else if (ask === null) return;
  if (trouble !== null && ask !== null) reply({ kind: 'done', ask, problem: trouble });
}

async function move(end: JournalPosition, ask: number | null): Promise<void> {
  try {
    const { lastId, journalId, reached } = await feed.upTo(end);
    reply({ kind: 'indexed', lastId: journalId, ask });
    dropBefore(reached.segment);
    signer.reached(lastId);
  } catch (error) {
    reply({ kind: 'trouble', message: toProblem(error).message });
    setTimeout(tryAgain, RETRY_MS).unref();
    throw error;
  }
}

/** The rows have stayed in the journal. */
function tryAgain(): void {
  last = last.then(async () => {
    trouble = null;
    if (wanted !== null) await moveUpTo(wanted, null);
  });
}

/** What is in PostgreSQL needs no journal. */
function dropBefore(segment: number): void {
  for (const each of listSegments(options.journal)) {
    if (each < segment) rmSync(segmentPath(options.journal, each), { force: true });
  }
}

async function problemOf(work: () => Promise<void>): Promise<Problem | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return toProblem(error);
  }
}

async function prune({ ask, plan }: Extract<WriterRequest, { kind: 'prune' }>): Promise<void> {
  reply({ kind: 'done', ask, problem: await problemOf(() => pruneDays(options.url, plan)) });
}

port.on('message', (request: WriterRequest) => {
  // Beside the rest: rows go on coming in.
  if (request.kind === 'prune') void prune(request);
  else if (request.kind === 'drop-segments') reply({ kind: 'done', ask: request.ask, problem: null });
  else if (request.kind === 'index') last = last.then(() => moveUpTo(request.end, request.ask));
  else last = last.then(() => Promise.all([feed.close(), signer.close()])).then(() => port.close());
});

const newest = listSegments(options.journal).at(-1) ?? 0;
const { lastId, reached } = await feed.upTo({ segment: newest, bytes: Number.POSITIVE_INFINITY });
// Not a number that was used before: what is in such a segment would be taken for known.
const nextSegment = Math.max(newest, reached.segment) + 1;
dropBefore(nextSegment);
reply({ kind: 'ready', lastId, nextSegment });

import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import { openLogFile } from '../formats/open-log-file.ts';
import { readLog } from '../formats/read-log.ts';
import { createRowBuilder } from '../formats/row-builder.ts';
import { openMessageLog } from '../journaled-message-log.ts';
import type { MessageLog } from '../message-log.ts';
import type { ImportOrder, ImportReport, ImportResult } from './import-report.ts';
import { createSpool } from './spool.ts';

const port = parentPort;
if (!port) throw new Error('import.worker.ts runs as a worker thread');
const { folder, thingName, protocol, maxBytes } = workerData as ImportOrder;

const MAX_PROBLEMS = 200;
const GROUP_ROWS = 2_000;
const REPORT_EVERY = 20_000;

const result: ImportResult = {
  lines: 0,
  rows: 0,
  things: [],
  from: null,
  to: null,
  sorted: true,
  problems: [],
  problemCount: 0,
};
const report = (phase: 'reading' | 'writing'): void =>
  port.postMessage({ kind: 'progress', phase, lines: result.lines, rows: result.rows } satisfies ImportReport);

async function* content(): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of openLogFile(join(folder, 'upload'))) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new Error(`Unpacked it is larger than the ${Math.floor(maxBytes / 2 ** 20)} MiB that there is room for`);
    yield chunk;
  }
}

/** Reads everything once, so that it can be put in order. */
async function spoolUp() {
  const spool = createSpool(join(folder, 'spool'));
  for await (const outcome of readLog(content())) {
    result.lines = outcome.lineNumber;
    if (outcome.kind === 'line') spool.add({ line: outcome.line, verb: outcome.verb ?? null });
    else if (outcome.kind === 'bad') {
      result.problemCount += 1;
      if (result.problems.length < MAX_PROBLEMS)
        result.problems.push({ line: outcome.lineNumber, problem: outcome.problem });
    }
    if (outcome.lineNumber % REPORT_EVERY === 0) report('reading');
  }
  return spool;
}

const durable = (log: MessageLog): Promise<void> =>
  new Promise((resolve, reject) => log.whenDurable((error) => (error ? reject(error) : resolve())));

async function run(): Promise<void> {
  const spool = await spoolUp();
  result.sorted = spool.wasSorted();
  const toRow = createRowBuilder({ validator: await createValidator(), thingName, protocol });
  const log = await openMessageLog({ dataDir: folder });
  const things = new Set<string>();
  for (const { line, verb } of spool.inOrder()) {
    const row = log.append(toRow(line, verb), null);
    things.add(row.thingName);
    result.from ??= row.at;
    result.to = row.at;
    result.rows += 1;
    if (result.rows % GROUP_ROWS === 0) await durable(log);
    if (result.rows % REPORT_EVERY === 0) report('writing');
  }
  await durable(log);
  await log.close();
  spool.close();
  result.things = [...things].sort().slice(0, 1_000);
}

run().then(
  () => port.postMessage({ kind: 'done', result } satisfies ImportReport),
  (error: unknown) =>
    port.postMessage({
      kind: 'failed',
      problem: error instanceof Error ? error.message : String(error),
    } satisfies ImportReport),
);

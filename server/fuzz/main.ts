import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../src/database/testing/postgres.ts';
import { type RunningServer, runServer } from '../test/support/run-server.ts';
import { runFuzz } from './fuzz.ts';
import { readEverything } from './read-everything.ts';
import type { Tally } from './tally.ts';

/**
 * `npm run fuzz -- --frames 1000000 --seed 7`: says odd things to the product in a process of its own, and asks afterwards
 * for everything that can be read, before and after a `kill -9`. With `--postgres` its database is one that is started for
 * it. Ends with 1 when something was found.
 */
const { values } = parseArgs({
  options: { frames: { type: 'string' }, seed: { type: 'string' }, postgres: { type: 'boolean', default: false } },
});
const frames = Number(values.frames ?? 20_000);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const PROGRESS_SECONDS = 10;
const SHOWN = 1_000;
const SLOWEST = 8;
/** Of the product's log: pino's numbers from `error` on. */
const ERROR_LEVEL = 50;

const startedAt = performance.now();
const seconds = (): number => (performance.now() - startedAt) / 1_000;
const postgres = values.postgres ? await startPostgres() : null;
const server = await runServer(await mkdtemp(join(tmpdir(), 'fuzz-')), {
  ...(postgres === null ? {} : { DATABASE_URL: postgres.url() }),
  LOG_LEVEL: 'error',
  MAX_FRAMES_PER_SECOND: '1000000',
});
console.log(`${frames} frames with --seed ${seed}`);
let problems = 0;
try {
  await say();
  await read('Read');
  await server.killAndStart();
  await read('Read after kill -9');
} finally {
  await server.stop();
  await postgres?.dispose();
}
console.log(`\n${problems} found; again with --frames ${frames} --seed ${seed}`);
process.exit(problems === 0 ? 0 : 1);

function tellOf(problem: string): void {
  problems += 1;
  console.error(`\nFOUND  ${problem}`);
}

async function say(): Promise<void> {
  let toldAt = seconds();
  const tally = await runFuzz({
    target: server,
    frames,
    seed,
    onProgress(sent) {
      if (seconds() - toldAt < PROGRESS_SECONDS) return;
      toldAt = seconds();
      console.log(`${sent} frames after ${seconds().toFixed(0)} s`);
    },
    onFinding({ what, thingName, version, frame, kind, said }) {
      tellOf(`${what.slice(0, SHOWN)}\n  ${kind} ${frame} of ${thingName}, ${version}: ${said.slice(0, SHOWN)}`);
    },
  });
  tell(tally);
  console.log(`${tally.sent} frames in ${seconds().toFixed(0)} s; the process has ${await megabytes(server)} MB`);
}

/** Everything, and what the process has said by then. */
async function read(what: string): Promise<void> {
  if (server.isRunning()) {
    const { read, unread, findings } = await readEverything(server, Date.now());
    console.log(`${what}: ${read.size} routes. Nothing to show: ${unread.join(' ') || '-'}`);
    const slowest = [...read].sort(([, a], [, b]) => b.seconds - a.seconds).slice(0, SLOWEST);
    for (const [path, { answers, seconds }] of slowest)
      console.log(`  ${answers} of ${path} in ${seconds.toFixed(1)} s`);
    findings.forEach(tellOf);
  }
  if (!server.isRunning()) tellOf('The process has ended');
  server.output().split('\n').filter(isTrouble).forEach(tellOf);
}

/** An error in the log, or a line that is none of the log's: a warning of Node.js, an error that nobody took. */
function isTrouble(line: string): boolean {
  if (/^(Console|OCPP) /.test(line) || line === '') return false;
  try {
    return (JSON.parse(line) as { level: number }).level >= ERROR_LEVEL;
  } catch {
    return true;
  }
}

function tell({ outcomes }: Tally): void {
  const rows = [...outcomes].sort(([a], [b]) => a.localeCompare(b));
  for (const [name, count] of rows) console.log(`${String(count).padStart(9)}  ${name}`);
}

async function megabytes({ pid }: RunningServer): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmRSS:\s+(\d+)/.exec(status)?.[1];
  return kilobytes === undefined ? '?' : (Number(kilobytes) / 1_024).toFixed(0);
}

import { randomUUID } from 'node:crypto';
import type { RerunDifference, RerunProgress } from '@cpo-console/shared/api/replays.ts';
import { explainEnding } from '../simulator/explain.ts';
import { printable } from '../simulator/frame-line.ts';
import { type CommandLine, readCommandLine, USAGE } from './options.ts';
import { readPlan } from './read-plan.ts';
import { type RunAgainEnding, runAgain } from './run-again.ts';

const UNREADABLE = 2;
const MAX_PROBLEMS = 10;
const UNREADABLE_FILES = new Map<string | undefined, string>([
  ['ENOENT', 'There is no such file.'],
  ['EISDIR', 'It is a folder: name a file in it.'],
  ['EACCES', 'You may not read it.'],
]);

const read = readCommandLine(process.argv.slice(2));
if (read.kind === 'help') console.log(USAGE);
else if (read.kind === 'bad') process.exitCode = complain(`${read.reason} See --help.`);
// 1 is for differences: whatever else goes wrong is no difference.
else process.exitCode = await run(read.commandLine).catch((error: unknown) => complain(String(error)));

async function run(commandLine: CommandLine): Promise<number> {
  const { file, id, url, password, speed, vouched } = commandLine;
  const found = await readPlan(file, commandLine).catch((error: NodeJS.ErrnoException) => ({
    ok: false as const,
    reason: UNREADABLE_FILES.get(error.code) ?? error.message,
  }));
  if (!found.ok) return complain(`${file}: ${found.reason}`);
  for (const { line, problem } of found.problems.slice(0, MAX_PROBLEMS)) console.error(`${file}:${line}: ${problem}`);
  const protocol = commandLine.protocol ?? found.plan.protocol;
  if (protocol === null) return complain(`${file} does not tell its OCPP version: say it with --protocol.`);

  const halt = new AbortController();
  process.once('SIGINT', () => halt.abort());
  process.once('SIGTERM', () => halt.abort());
  let progress: RerunProgress | null = null;
  const ending = await runAgain({
    steps: found.plan.steps,
    protocol,
    url,
    id,
    password: password === null ? null : Buffer.from(password),
    sandboxOnly: !vouched,
    speed,
    newId: randomUUID,
    now: Date.now,
    onDifference: (difference) => {
      for (const line of differenceLines(difference)) console.log(printable(line));
    },
    onProgress: (next) => {
      progress = next;
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${progressLine(next)}`);
    },
    signal: halt.signal,
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  if (progress !== null) console.log(progressLine(progress));
  return exitCode(ending, { id, url, protocol, progress });
}

function exitCode(
  ending: RunAgainEnding,
  subject: { id: string; url: string; protocol: string; progress: RerunProgress | null },
): number {
  if (ending.kind === 'done') return (subject.progress?.differences ?? 0) > 0 ? 1 : 0;
  if (ending.kind === 'cancelled') return complain('Stopped.');
  const hint = ending.kind === 'not-a-sandbox' ? ' Mark it as one in the console, or see --vouch.' : '';
  return complain(`${explainEnding(ending, subject)}${hint}`);
}

function complain(problem: string): number {
  console.error(printable(problem));
  return UNREADABLE;
}

function progressLine({ steps, done, compared, differences, unanswered, commands }: RerunProgress): string {
  const more = unanswered > 0 ? `, ${unanswered} without a recorded answer` : '';
  const asked = commands.recorded > 0 ? `, ${commands.came} of ${commands.recorded} commands came again` : '';
  return `${done} of ${steps} steps, ${compared} answers compared${more}, ${differences} different${asked}`;
}

function differenceLines({ messageId, at, action, kind, places }: RerunDifference): string[] {
  const head = `line ${messageId}  ${at}  ${action}`;
  if (kind === 'no-answer') return [`${head}: no answer today`];
  if (kind === 'closed') return [`${head}: the connection was closed`];
  return [head, ...places.map(({ path, recorded, today }) => `  ${path || '/'}  ${show(recorded)} → ${show(today)}`)];
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

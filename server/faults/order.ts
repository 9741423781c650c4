import { constants } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningServer } from '../test/support/run-server.ts';
import type { Acknowledged } from './charge-point.ts';
import type { Fault } from './fault.ts';
import { createFleet } from './fleet.ts';
import { startWith } from './start.ts';
import { attachStrace, missingStrace } from './strace.ts';

const CHARGE_POINTS = 10;
const FRAMES = 400;
const CALLS = 'trace=pwrite64,pwritev,write,writev,sendto,sendmsg,fsync,fdatasync';

/** Where in the trace a system call begins and ends, and with what. */
interface TracedCall {
  name: string;
  /** What its file descriptor is. */
  target: string;
  text: string;
  begin: number;
  end: number;
}

/** The system calls of the process say it: first the disk, then the charge point. */
export const order: Fault = {
  name: 'order',
  missing: missingStrace,
  async run() {
    const server = await startWith();
    const trace = join(server.dataDir, 'trace.txt');
    try {
      const fleet = await createFleet(server, CHARGE_POINTS, 'ORDER');
      fleet.go();
      await fleet.acknowledgements(CHARGE_POINTS * 3);
      const strace = await attachStrace(server.pid, ['-y', '-s', '200000', '-o', trace, '-e', CALLS]);
      // What is under way has its beginning before the trace.
      await fleet.acknowledgements(CHARGE_POINTS * 2);
      fleet.takeLedger();
      await fleet.acknowledgements(FRAMES);
      const { acknowledged } = fleet.takeLedger();
      fleet.halt();
      const synced = await filesWrittenThrough(server);
      await strace.detach();
      const calls = readTrace(await readFile(trace, 'latin1'));
      const problems = checkOrder(acknowledged, calls, synced);
      const sessions = acknowledged.filter(({ call }) => startsOrEnds(call)).length;
      const figures = [
        `${acknowledged.length} answers in ${calls.length} system calls, ${sessions} of them to begins and ends of sessions`,
      ];
      return { figures, problems };
    } finally {
      await server.stop();
    }
  },
};

/** Files that are open with O_DSYNC: a write to one is on the disk when it returns. */
async function filesWrittenThrough({ pid }: RunningServer): Promise<Set<string>> {
  const files = new Set<string>();
  for (const fd of await readdir(`/proc/${pid}/fd`)) {
    const flags = /flags:\s+(\d+)/.exec(await readFile(`/proc/${pid}/fdinfo/${fd}`, 'utf8').catch(() => ''))?.[1];
    if (flags === undefined || (Number.parseInt(flags, 8) & constants.O_DSYNC) === 0) continue;
    files.add(await readlink(`/proc/${pid}/fd/${fd}`));
  }
  return files;
}

const BEGUN = /^(\d+) +(\w+)\(\d+<(.*?)>(.*)$/s;
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>/;

function readTrace(text: string): TracedCall[] {
  const calls: TracedCall[] = [];
  const open = new Map<string, TracedCall>();
  text.split('\n').forEach((line, position) => {
    const resumed = RESUMED.exec(line);
    if (resumed !== null) {
      const call = open.get(resumed[1] ?? '');
      if (call !== undefined) call.end = position;
      return;
    }
    const [, thread = '', name = '', target = '', rest = ''] = BEGUN.exec(line) ?? [];
    if (name === '') return;
    const isOpen = rest.endsWith('<unfinished ...>');
    const end = isOpen ? Number.POSITIVE_INFINITY : position;
    const call = { name, target, text: rest, begin: position, end };
    calls.push(call);
    if (isOpen) open.set(thread, call);
  });
  return calls;
}

const startsOrEnds = (call: string): boolean => /"(Started|Ended)"/.test(call);

/** Text as the trace shows it. */
const shown = (text: string): string => text.replaceAll('"', '\\"');

function checkOrder(frames: readonly Acknowledged[], calls: readonly TracedCall[], synced: Set<string>): string[] {
  /** When each charge point was last told something: what it said next came after that. */
  const toldAt = new Map<string, number>();
  return frames.flatMap(({ thingName, messageId, call, answer }) => {
    const told = calls.find(({ target, text }) => isSocket(target) && text.includes(shown(answer)));
    if (told === undefined) return [`${messageId}: its answer is not in the trace`];
    const within = { after: toldAt.get(thingName) ?? -1, before: told.begin };
    toldAt.set(thingName, told.begin);
    const isWritten = (frame: string): boolean =>
      calls.some(
        ({ target, text, end }) =>
          target.endsWith('.journal') && synced.has(target) && end < told.begin && text.includes(shown(frame)),
      );
    const problems: string[] = [];
    if (!isWritten(call)) problems.push(`${messageId}: answered before its CALL was on the disk`);
    if (!isWritten(answer)) problems.push(`${messageId}: answered before the answer was on the disk`);
    if (startsOrEnds(call) && !isCommitted(call, within, calls))
      problems.push(`${messageId}: answered before its session was on the disk`);
    return problems;
  });
}

const isSocket = (target: string): boolean => /^(socket|TCP)/.test(target);
const isOfWal = ({ target }: TracedCall): boolean => target.endsWith('.sqlite-wal');

/** The write-ahead log of SQLite had the session, and was synced after that. */
function isCommitted(call: string, within: { after: number; before: number }, calls: readonly TracedCall[]): boolean {
  const transactionId = /"transactionId":"([^"]+)"/.exec(call)?.[1] ?? '';
  const written = calls.find((each) => isOfWal(each) && each.begin > within.after && each.text.includes(transactionId));
  if (written === undefined) return false;
  const isSync = (each: TracedCall): boolean => isOfWal(each) && /^f(data)?sync$/.test(each.name);
  return calls.some((each) => isSync(each) && each.begin > written.end && each.end < within.before);
}

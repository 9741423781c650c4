import { parseArgs } from 'node:util';
import { brokerAway, databaseAway, databaseHangs } from './away.ts';
import { backup } from './backup.ts';
import { BOUNDS } from './bounds.ts';
import { cleanStop } from './clean-stop.ts';
import { diskErrors, slowDisk } from './disk-errors.ts';
import { diskFull } from './disk-full.ts';
import type { Fault } from './fault.ts';
import { interruptedStart } from './interrupted-start.ts';
import { kill, killOnPostgres } from './kill.ts';
import { order } from './order.ts';

/**
 * `npm run test:faults -- kill disk-full --rounds 100 --frames 1000000`: what can go wrong on a machine goes wrong under
 * load, and what charge points were told must be there afterwards. Ends with 1 when anything was lost.
 */
const FAULTS: readonly Fault[] = [
  kill,
  killOnPostgres,
  order,
  diskFull,
  diskErrors,
  slowDisk,
  databaseAway,
  databaseHangs,
  brokerAway,
  cleanStop,
  backup,
  interruptedStart,
  ...BOUNDS,
];
const SHOWN = 10;

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    frames: { type: 'string' },
    'charge-points': { type: 'string' },
    away: { type: 'string' },
  },
});
const options = {
  rounds: Number(values.rounds ?? 20),
  frames: Number(values.frames ?? 40_000),
  chargePoints: Number(values['charge-points'] ?? 100),
  awaySeconds: Number(values.away ?? 15),
};
const unknown = wanted.filter((name) => !FAULTS.some((fault) => fault.name === name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${FAULTS.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

let lost = 0;
for (const fault of FAULTS) {
  if (wanted.length > 0 && !wanted.includes(fault.name)) continue;
  lost += await tryOut(fault);
}
console.log(lost === 0 ? '\nNothing was lost' : `\n${lost} problems`);
process.exit(lost === 0 ? 0 : 1);

async function tryOut({ name, missing, run }: Fault): Promise<number> {
  const say = (line: string): void => console.log(`${name.padEnd(18)} ${line}`);
  const lack = missing();
  if (lack !== null) {
    say(`not tried. ${lack}`);
    return 0;
  }
  const startedAt = performance.now();
  const { figures, problems } = await run({ ...options, say }).catch((error: unknown) => ({
    figures: [],
    problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  }));
  for (const line of figures) say(line);
  for (const problem of problems.slice(0, SHOWN)) say(`PROBLEM ${problem}`);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  say(problems.length === 0 ? `holds (${seconds} s)` : `${problems.length} problems (${seconds} s)`);
  return problems.length;
}

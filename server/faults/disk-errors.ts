import { checkStored } from './check-stored.ts';
import type { Fault, FaultOptions, Outcome } from './fault.ts';
import { createFleet } from './fleet.ts';
import { isReady, troubleOf } from './health.ts';
import { startWith } from './start.ts';
import { attachStrace, missingStrace } from './strace.ts';
import { pause, until } from './until.ts';

const FRAMES = 500;
const LASTS_MS = 5_000;
/** In which what was said at last has failed, too. */
const QUIET_MS = 1_000;
const WELL_WITHIN_MS = 15_000;
const WRITES = 'pwrite64,fsync,fdatasync';

/** The disk fails each write for a while. */
export const diskErrors: Fault = {
  name: 'disk-errors',
  missing: missingStrace,
  run: (options) => meddle(options, `inject=${WRITES}:error=EIO`, { fails: true }),
};

/** Each write takes a fifth of a second. */
export const slowDisk: Fault = {
  name: 'slow-disk',
  missing: missingStrace,
  run: (options) => meddle(options, `inject=${WRITES}:delay_enter=200000`, { fails: false }),
};

async function meddle({ chargePoints }: FaultOptions, inject: string, { fails }: { fails: boolean }): Promise<Outcome> {
  const server = await startWith();
  const problems: string[] = [];
  try {
    const fleet = await createFleet(server, chargePoints);
    fleet.go();
    await fleet.acknowledgements(FRAMES);
    const strace = await attachStrace(server.pid, ['-o', '/dev/null', '-e', `trace=${WRITES}`, '-e', inject]);
    const before = fleet.acknowledged();
    if (fails) await until(async () => !(await isReady(server)), 'It says that it is not ready');
    const trouble = fails ? await troubleOf(server) : '';
    await pause(LASTS_MS);
    const meanwhile = fleet.acknowledged() - before;
    if (!fails && meanwhile === 0) problems.push('Nothing was acknowledged on a slow disk');
    if (!server.isRunning()) problems.push(`It has ended:\n${server.output()}`);
    // Nobody is there to say anything: it finds by itself that the disk is well.
    if (fails) {
      fleet.halt();
      await pause(QUIET_MS);
    }
    await strace.detach();
    await until(() => isReady(server), 'It is ready again', WELL_WITHIN_MS).catch((error: Error) => {
      problems.push(error.message);
    });
    fleet.go();
    await fleet.acknowledgements(FRAMES);
    await server.killAndStart();
    fleet.halt();
    problems.push(...(await checkStored(server, fleet.takeLedger())));
    const refused = fleet.refused().get('InternalError') ?? 0;
    const figures = [`${fleet.acknowledged()} frames acknowledged, ${meanwhile} of them meanwhile; ${refused} refused`];
    if (trouble !== '') figures.push(`it said: ${trouble}`);
    return { figures, problems };
  } finally {
    await server.stop();
  }
}

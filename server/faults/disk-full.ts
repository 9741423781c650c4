import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningServer } from '../test/support/run-server.ts';
import { checkStored } from './check-stored.ts';
import type { Fault, Outcome } from './fault.ts';
import { createFleet, type Fleet } from './fleet.ts';
import { isReady, troubleOf } from './health.ts';
import { startIn } from './start.ts';
import { pause, until } from './until.ts';

const SMALL = '40m';
const LARGE = '400m';
const FRAMES = 1_000;
/** It goes on being full under load. */
const FULL_MS = 5_000;
const TOLD_WITHIN_MS = 5_000;
const WELL_WITHIN_MS = 15_000;

/** No room on the disk, under load: it says so, acknowledges nothing that it can't keep, and goes on once there is room. */
export const diskFull: Fault = {
  name: 'disk-full',
  missing: missingMount,
  async run({ chargePoints }) {
    const disk = mkdtempSync(join(tmpdir(), 'faults-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL}`, 'tmpfs', disk]);
    try {
      const server = await startIn(join(disk, 'data'));
      try {
        return await fillAndMakeRoom(server, await createFleet(server, chargePoints), disk);
      } finally {
        await server.stop();
      }
    } finally {
      execFileSync('umount', ['-l', disk]);
      rmdirSync(disk);
    }
  },
};

async function fillAndMakeRoom(server: RunningServer, fleet: Fleet, disk: string): Promise<Outcome> {
  const problems: string[] = [];
  const refusals = (): number => fleet.refused().get('InternalError') ?? 0;
  fleet.go();
  await until(() => refusals() > 0, 'The disk is full', 300_000);
  await until(async () => !(await isReady(server)), 'It says that it is not ready', TOLD_WITHIN_MS);
  const trouble = await troubleOf(server);
  if (trouble === '') problems.push('GET /api/v1/health has no trouble');
  if (!/"level":50/.test(server.output())) problems.push('There is nothing about it in the log');
  const before = fleet.acknowledged();
  await pause(FULL_MS);
  if (!server.isRunning()) return { figures: [], problems: [`It has ended:\n${server.output()}`] };
  fleet.halt();
  const [refused, meanwhile] = [refusals(), fleet.acknowledged() - before];

  // Nobody is there to say anything: it finds by itself that there is room again.
  execFileSync('mount', ['-o', `remount,size=${LARGE}`, disk]);
  await until(() => isReady(server), 'It is ready again', WELL_WITHIN_MS).catch((error: Error) => {
    problems.push(error.message);
  });
  fleet.go();
  await fleet.acknowledgements(FRAMES);
  fleet.halt();
  const ledger = fleet.takeLedger();
  problems.push(...(await checkStored(server, ledger)));
  await server.killAndStart();
  problems.push(...(await checkStored(server, ledger)).map((problem) => `After a kill: ${problem}`));
  const figures = [
    `${fleet.acknowledged()} frames acknowledged, ${refused} refused while it was full, ${meanwhile} acknowledged then`,
    `it said: ${trouble}`,
  ];
  return { figures, problems };
}

function missingMount(): string | null {
  if (process.platform !== 'linux') return 'A disk of a few megabytes can be had on Linux only.';
  const probe = mkdtempSync(join(tmpdir(), 'faults-probe-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe]);
  if (status === 0) execFileSync('umount', [probe]);
  rmdirSync(probe);
  return status === 0 ? null : 'It mounts a small tmpfs, and may not here: run it as root.';
}

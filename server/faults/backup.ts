import { cp } from 'node:fs/promises';
import type { RunningServer } from '../test/support/run-server.ts';
import { checkStored } from './check-stored.ts';
import type { Fault } from './fault.ts';
import { createFleet, type Ledger } from './fleet.ts';
import { newFolder, startIn } from './start.ts';

const FRAMES = 2_000;

/** `DATA_DIR` is copied as docs/how-to/back-up-and-restore.md says, and the copy has everything. */
export const backup: Fault = {
  name: 'backup',
  missing: () =>
    process.platform === 'win32' ? 'A process is held up by a signal here, which Windows has not.' : null,
  async run({ chargePoints }) {
    const server = await startIn(await newFolder());
    try {
      const fleet = await createFleet(server, chargePoints);
      fleet.go();
      await fleet.acknowledgements(FRAMES);
      // What a snapshot of the file system has: all files as they were at one moment, under load.
      process.kill(server.pid, 'SIGSTOP');
      const ledger = fleet.takeLedger();
      const snapshot = await copyOf(server).finally(() => process.kill(server.pid, 'SIGCONT'));
      const ofSnapshot = await checkCopy(snapshot, ledger);

      await fleet.acknowledgements(FRAMES);
      await server.terminate();
      fleet.halt();
      const later = fleet.takeLedger();
      const ofStopped = await checkCopy(await copyOf(server), {
        since: ledger.since,
        acknowledged: [...ledger.acknowledged, ...later.acknowledged],
        sessions: [...ledger.sessions.filter(({ meterStop }) => meterStop !== null), ...later.sessions],
      });
      const figures = [
        `${ledger.acknowledged.length} frames in a snapshot, ${fleet.acknowledged()} in a copy after a stop`,
      ];
      const problems = [
        ...ofSnapshot.map((problem) => `The snapshot: ${problem}`),
        ...ofStopped.map((problem) => `The copy after a stop: ${problem}`),
      ];
      return { figures, problems };
    } finally {
      await server.stop();
    }
  },
};

async function copyOf({ dataDir }: RunningServer): Promise<string> {
  const folder = await newFolder();
  await cp(dataDir, folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

async function checkCopy(folder: string, ledger: Ledger): Promise<string[]> {
  const restored = await startIn(folder);
  try {
    return await checkStored(restored, ledger);
  } finally {
    await restored.stop();
  }
}

import { checkStored } from './check-stored.ts';
import type { Fault } from './fault.ts';
import { createFleet } from './fleet.ts';
import { killAtStart, newFolder, startIn } from './start.ts';

const ATTEMPTS = 15;
const STEP_MS = 8;
const FRAMES = 1_000;

/** `kill -9` while the first start makes the tables, each time a bit later: the next goes on from there. */
export const interruptedStart: Fault = {
  name: 'interrupted-start',
  missing: () => null,
  async run({ chargePoints }) {
    const dataDir = await newFolder();
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) await killAtStart(dataDir, attempt * STEP_MS);
    const server = await startIn(dataDir);
    try {
      const fleet = await createFleet(server, chargePoints);
      fleet.go();
      await fleet.acknowledgements(FRAMES);
      await server.killAndStart();
      fleet.halt();
      const problems = await checkStored(server, fleet.takeLedger());
      return { figures: [`${ATTEMPTS} starts killed; then ${fleet.acknowledged()} frames acknowledged`], problems };
    } finally {
      await server.stop();
    }
  },
};

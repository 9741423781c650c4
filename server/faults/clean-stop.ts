import { checkStored } from './check-stored.ts';
import type { Fault } from './fault.ts';
import { createFleet } from './fleet.ts';
import { startWith } from './start.ts';

const ROUNDS = 3;
const FRAMES = 2_000;
const STOPS_WITHIN_MS = 10_000;

/** SIGTERM under load: it ends in time and says that all went well, and what was acknowledged is there. */
export const cleanStop: Fault = {
  name: 'clean-stop',
  missing: () => null,
  async run({ chargePoints }) {
    const server = await startWith();
    const problems: string[] = [];
    const took: number[] = [];
    try {
      const fleet = await createFleet(server, chargePoints);
      for (let round = 1; round <= ROUNDS; round += 1) {
        fleet.go();
        await fleet.acknowledgements(FRAMES);
        const stoppedAt = performance.now();
        const code = await server.terminate();
        const ms = performance.now() - stoppedAt;
        fleet.halt();
        took.push(ms);
        if (code !== 0) problems.push(`Stop ${round}: it ended with ${code}\n${server.output()}`);
        if (ms > STOPS_WITHIN_MS) problems.push(`Stop ${round} took ${(ms / 1_000).toFixed(1)} s`);
        await server.startAgain();
        problems.push(...(await checkStored(server, fleet.takeLedger())));
      }
      const longest = (Math.max(...took) / 1_000).toFixed(1);
      const figures = [`${ROUNDS} stops, the longest ${longest} s, ${fleet.acknowledged()} frames acknowledged`];
      return { figures, problems };
    } finally {
      await server.stop();
    }
  },
};

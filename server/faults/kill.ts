import { HOW_TO_GET_POSTGRES, postgresPrograms } from '../src/database/testing/postgres-programs.ts';
import type { RunningServer } from '../test/support/run-server.ts';
import { checkStored } from './check-stored.ts';
import type { Fault, FaultOptions, Outcome } from './fault.ts';
import { createFleet } from './fleet.ts';
import { startOnPostgres, startWith } from './start.ts';
import { pause } from './until.ts';

/** Every so often the process is killed again while it starts. */
const KILLED_AT_START_EVERY = 5;
const START_MS = 1_000;
const TOLD_EVERY = 10;

/** `kill -9` under load: what was acknowledged is there, once. */
export const kill: Fault = {
  name: 'kill',
  missing: () => null,
  async run(options) {
    const server = await startWith();
    try {
      return await rounds(server, options);
    } finally {
      await server.stop();
    }
  },
};

/** The same on PostgreSQL, which lives on. */
export const killOnPostgres: Fault = {
  name: 'kill-postgres',
  missing: () => (postgresPrograms() === undefined ? HOW_TO_GET_POSTGRES : null),
  async run(options) {
    const { server, postgres } = await startOnPostgres();
    try {
      return await rounds(server, options);
    } finally {
      await server.stop();
      await postgres.dispose();
    }
  },
};

async function rounds(server: RunningServer, options: FaultOptions): Promise<Outcome> {
  const fleet = await createFleet(server, options.chargePoints);
  const problems: string[] = [];
  let kills = 0;
  for (let round = 1; round <= options.rounds; round += 1) {
    fleet.go();
    await fleet.acknowledgements(Math.ceil((options.frames - fleet.acknowledged()) / (options.rounds - round + 1)));
    await pause(Math.random() * 10);
    await server.kill();
    kills += 1;
    fleet.halt();
    if (round % KILLED_AT_START_EVERY === 0) kills += await killWhileItStarts(server);
    await server.startAgain();
    const found = await checkStored(server, fleet.takeLedger());
    problems.push(...found.map((problem) => `Round ${round}: ${problem}`));
    if (round % TOLD_EVERY === 0) {
      const line = `${round} rounds: ${fleet.acknowledged()} acknowledged, ${problems.length} missing or otherwise`;
      options.say(line);
    }
  }
  return { figures: [`${kills} times killed, ${fleet.acknowledged()} frames acknowledged`], problems };
}

async function killWhileItStarts(server: RunningServer): Promise<number> {
  const starting = server.startAgain().catch(() => undefined);
  await pause(Math.random() * START_MS);
  await server.kill();
  await starting;
  return 1;
}

import { hasMosquitto, startMosquitto } from '../src/bus/testing/mosquitto.ts';
import { HOW_TO_GET_POSTGRES, postgresPrograms } from '../src/database/testing/postgres-programs.ts';
import type { RunningServer } from '../test/support/run-server.ts';
import { checkStored } from './check-stored.ts';
import type { Fault, FaultOptions, Outcome } from './fault.ts';
import { createFleet } from './fleet.ts';
import { isReady, troubleOf } from './health.ts';
import { startOnPostgres, startWith } from './start.ts';
import { pause, until } from './until.ts';

const FRAMES = 500;
const TOLD_WITHIN_MS = 60_000;
const WELL_WITHIN_MS = 90_000;

interface Away {
  server: RunningServer;
  leave(): Promise<void>;
  comeBack(): Promise<void>;
}

/** PostgreSQL ends under load, and comes back after a while. */
export const databaseAway: Fault = {
  name: 'database-away',
  missing: () => (postgresPrograms() === undefined ? HOW_TO_GET_POSTGRES : null),
  async run(options) {
    const { server, postgres } = await startOnPostgres();
    try {
      return await goWithout(options, { server, leave: () => postgres.signal('SIGQUIT'), comeBack: postgres.start });
    } finally {
      await server.stop();
      await postgres.dispose();
    }
  },
};

/** PostgreSQL hangs: connections stay, and nothing is answered on them. */
export const databaseHangs: Fault = {
  name: 'database-hangs',
  missing: databaseAway.missing,
  async run(options) {
    const { server, postgres } = await startOnPostgres();
    let hanging: number[] = [];
    async function leave(): Promise<void> {
      const rows = await postgres.query('select pid from pg_stat_activity where pid <> pg_backend_pid()');
      hanging = rows.map((row) => (row as { pid: number }).pid);
      for (const pid of hanging) process.kill(pid, 'SIGSTOP');
      await postgres.signal('SIGSTOP');
    }
    async function comeBack(): Promise<void> {
      await postgres.signal('SIGCONT');
      for (const pid of hanging.splice(0)) process.kill(pid, 'SIGCONT');
    }
    try {
      return await goWithout(options, { server, leave, comeBack });
    } finally {
      await comeBack();
      await server.stop();
      await postgres.dispose();
    }
  },
};

/** The MQTT broker dies under load, and comes back after a while. */
export const brokerAway: Fault = {
  name: 'broker-away',
  missing: () => (hasMosquitto ? null : "Mosquitto is not installed. Get it with 'apt-get install mosquitto'."),
  async run(options) {
    const mosquitto = await startMosquitto();
    try {
      const server = await startWith({ IOT_BACKEND: 'mqtt', MQTT_URL: `mqtt://127.0.0.1:${mosquitto.port}` });
      const leave = (): Promise<void> => mosquitto.signal('SIGKILL');
      try {
        return await goWithout(options, { server, leave, comeBack: mosquitto.start });
      } finally {
        await server.stop();
      }
    } finally {
      await mosquitto.dispose();
    }
  },
};

async function goWithout(options: FaultOptions, { server, leave, comeBack }: Away): Promise<Outcome> {
  const problems: string[] = [];
  const fleet = await createFleet(server, options.chargePoints);
  fleet.go();
  await fleet.acknowledgements(FRAMES);
  const leftAt = performance.now();
  await leave();
  await until(async () => !(await isReady(server)), 'It says that it is not ready', TOLD_WITHIN_MS);
  const toldAfter = performance.now() - leftAt;
  const trouble = await troubleOf(server);
  const before = fleet.acknowledged();
  await pause(options.awaySeconds * 1_000);
  const meanwhile = fleet.acknowledged() - before;
  if (!server.isRunning()) return { figures: [], problems: [`It has ended:\n${server.output()}`] };
  const backAt = performance.now();
  await comeBack();
  await until(() => isReady(server), 'It is ready again', WELL_WITHIN_MS);
  const wellAfter = performance.now() - backAt;
  await fleet.acknowledgements(FRAMES);
  await server.killAndStart();
  fleet.halt();
  problems.push(...(await checkStored(server, fleet.takeLedger())));
  const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
  const refused = [...fleet.refused()].map(([code, count]) => `${count} ${code}`).join(', ') || 'none';
  return {
    figures: [
      `away for ${options.awaySeconds} s; said so after ${seconds(toldAfter)} s: ${trouble}`,
      `${fleet.acknowledged()} frames acknowledged, ${meanwhile} of them meanwhile; refused: ${refused}`,
      `well again ${seconds(wellAfter)} s after it came back`,
    ],
    problems,
  };
}

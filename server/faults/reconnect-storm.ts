import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { missingForBench } from '../bench/requirements.ts';
import { connectRaw, handshake } from '../test/support/raw-charge-point.ts';
import type { RunningServer } from '../test/support/run-server.ts';
import type { Fault } from './fault.ts';
import { startWith } from './start.ts';
import { pause } from './until.ts';

const CHARGE_POINTS = 10_000;
const BACK_WITHIN_SECONDS = 20;
const AT_ONCE = 50;
const ASK_EVERY_MS = 50;
const MOST_TRIES = 20;

/** After an outage a whole fleet is back at once, each with its password, while one that was there first goes on. */
export const reconnectStorm: Fault = {
  name: 'reconnect-storm',
  missing: () => missingForBench(CHARGE_POINTS),
  async run({ say }) {
    const server = await startWith();
    const fleet: Socket[] = [];
    try {
      const authorizations = await register(server);
      say(`${CHARGE_POINTS} registered with passwords`);
      await server.killAndStart();
      const neighbour = await neighbourOf(server);
      const startedAt = performance.now();
      const tries = await Promise.all(
        authorizations.map((shown, n) => comeBack({ port: server.port, n, shown }, fleet)),
      );
      const seconds = (performance.now() - startedAt) / 1_000;
      const p99 = neighbour.stop();
      const again = tries.filter((count) => count > 1).length;
      const problems: string[] = [];
      if (seconds > BACK_WITHIN_SECONDS)
        problems.push(`Back after ${seconds.toFixed(1)} s, not ${BACK_WITHIN_SECONDS}`);
      if (!server.isRunning()) problems.push('The process has ended');
      return {
        problems,
        figures: [
          `${CHARGE_POINTS} with passwords back in ${seconds.toFixed(1)} s, ${again} had to try again; clients on the same cores`,
          `the neighbour's answers meanwhile: p99 ${p99.toFixed(0)} ms; the process has ${megabytes(server)} MB`,
        ],
      };
    } finally {
      for (const socket of fleet) socket.destroy();
      await server.stop();
    }
  },
};

/** @returns what each shows at its handshake */
async function register(server: RunningServer): Promise<string[]> {
  const shown: string[] = [];
  const left = Array.from({ length: CHARGE_POINTS }, (_, n) => n);
  const work = async (): Promise<void> => {
    for (let n = left.pop(); n !== undefined; n = left.pop()) {
      const thing = { thingName: `CP${n}`, auth: { type: 'basic' } };
      const { credentials } = await server.api<{ credentials: { password: string } }>('POST', '/things', thing);
      shown[n] = Buffer.from(`CP${n}:${credentials.password}`).toString('base64');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await server.api('POST', '/things', { thingName: 'NEIGHBOUR' });
  return shown;
}

/** One that asks for the time, over and over. */
async function neighbourOf(server: RunningServer): Promise<{ stop(): number }> {
  const charger = await connectRaw(server.port, 'NEIGHBOUR', 'ocpp2.0.1');
  const latencies: number[] = [];
  let isOver = false;
  const asking = (async () => {
    for (let n = 0; !isOver; n += 1) {
      const askedAt = performance.now();
      await charger.ask(`[2,"n${n}","Heartbeat",{}]`);
      latencies.push(performance.now() - askedAt);
      await pause(ASK_EVERY_MS);
    }
  })();
  asking.catch(() => latencies.push(Number.POSITIVE_INFINITY));
  return {
    stop() {
      isOver = true;
      charger.tcp.destroy();
      return latencies.sort((a, b) => a - b)[Math.floor(latencies.length * 0.99)] ?? Number.NaN;
    },
  };
}

/** As a charge point does, until it is let in. @returns how many tries that took */
async function comeBack(
  { port, n, shown }: { port: number; n: number; shown: string },
  fleet: Socket[],
): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(handshake(`/ocpp/CP${n}`, 'ocpp2.0.1', `Authorization: Basic ${shown}\r\n`));
    if ((await statusOf(socket)) === '101') {
      fleet.push(socket);
      return tries;
    }
    socket.destroy();
    if (tries === MOST_TRIES) throw new Error(`CP${n} did not get in`);
    await pause(1_000 + (n % 1_000));
  }
}

const statusOf = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    socket.once('data', (bytes: Buffer) => resolve(bytes.toString('latin1', 9, 12)));
    socket.once('close', () => resolve('closed'));
  });

const megabytes = ({ pid }: RunningServer): string =>
  (Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024).toFixed(0);

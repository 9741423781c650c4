import { copyFile, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type WebSocket from 'ws';
import { hasMosquitto, startMosquitto } from '../src/bus/testing/mosquitto.ts';
import { startPostgres } from '../src/database/testing/postgres.ts';
import { postgresPrograms } from '../src/database/testing/postgres-programs.ts';
import { type RunningServer, runServer } from '../test/support/run-server.ts';
import { connectAll } from './load.ts';
import type { Report } from './report.ts';

const CHARGE_POINTS = 100;
const RATE = 100;
const SECONDS = 4;
const ROUNDS = 3;
const KEY = 'keys/credentials.key';

/** REST → charge point → REST, asked at the instance that holds the socket and at another one, in turns. */
export async function commandsAcross(report: Report): Promise<void> {
  if (!hasMosquitto || postgresPrograms() === undefined) return;
  const [mosquitto, postgres] = [await startMosquitto(), await startPostgres()];
  const settings = {
    IOT_BACKEND: 'mqtt',
    MQTT_URL: `mqtt://127.0.0.1:${mosquitto.port}`,
    DATABASE_URL: postgres.url(),
    LOG_LEVEL: 'error',
  };
  const folders = [await mkdtemp(join(tmpdir(), 'bench-')), await mkdtemp(join(tmpdir(), 'bench-'))] as const;
  const holder = await runServer(folders[0], settings);
  await mkdir(join(folders[1], 'keys'));
  await copyFile(join(folders[0], KEY), join(folders[1], KEY));
  const other = await runServer(folders[1], settings);
  for (let n = 0; n < CHARGE_POINTS; n += 1) await holder.api('POST', '/things', { thingName: `B${n}` });
  const sockets = await connectAll(holder.port, CHARGE_POINTS);
  for (const socket of sockets) answerAll(socket);
  await connectedAt(other);

  const taken: Record<'there' | 'elsewhere', number[]> = { there: [], elsewhere: [] };
  await paced(holder);
  await paced(other);
  for (let round = 0; round < ROUNDS; round += 1) {
    taken.there.push(...(await paced(holder)));
    taken.elsewhere.push(...(await paced(other)));
  }
  const [there, elsewhere] = [taken.there.sort(ascending), taken.elsewhere.sort(ascending)];
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    const at = (latencies: readonly number[]): number => latencies[Math.floor(latencies.length * share)] ?? 0;
    const detail = `${at(elsewhere).toFixed(1)} ms against ${at(there).toFixed(1)}`;
    report(`Commands across instances, ${RATE}/s, ${name} ms above`, at(elsewhere) - at(there), '-', detail);
  }
  for (const socket of sockets) socket.terminate();
  await Promise.all([holder.stop(), other.stop()]);
  await Promise.all([mosquitto.dispose(), postgres.dispose()]);
}

const ascending = (one: number, other: number): number => one - other;

function answerAll(socket: WebSocket): void {
  socket.on('message', (data) => {
    const [kind, messageId] = JSON.parse(String(data)) as [number, string];
    if (kind === 2) socket.send(JSON.stringify([3, messageId, { status: 'Accepted' }]));
  });
}

async function connectedAt(server: RunningServer): Promise<void> {
  const connected = async (): Promise<number> => (await server.api<{ connected: number }>('GET', '/fleet')).connected;
  while ((await connected()) < CHARGE_POINTS) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** Milliseconds that each command took. */
async function paced(server: RunningServer): Promise<number[]> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const sent: Promise<void>[] = [];
  while (sent.length < RATE * SECONDS) {
    const due = ((performance.now() - startedAt) / 1_000) * RATE;
    for (; sent.length < due && sent.length < RATE * SECONDS; ) sent.push(command(server, sent.length, latencies));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(sent);
  return latencies;
}

async function command(server: RunningServer, number: number, latencies: number[]): Promise<void> {
  const path = `/things/B${number % CHARGE_POINTS}/commands`;
  const at = performance.now();
  const { status } = await server.api<{ status: string }>('POST', path, { action: 'ClearCache', payload: {} });
  if (status !== 'answered') throw new Error(`A command ended as ${status}`);
  latencies.push(performance.now() - at);
}

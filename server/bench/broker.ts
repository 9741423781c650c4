import { hasMosquitto, type Mosquitto, startMosquitto } from '../src/bus/testing/mosquitto.ts';
import { connectAll, Load, type LoadResult } from './load.ts';
import { MeasuredServer } from './measured-server.ts';
import type { Report } from './report.ts';

const CHARGE_POINTS = 1_000;
const RATE = 1_000;
const SECONDS = 8;
const IDLE = 3_000;

interface Cost {
  perCallUs: number;
  p50Ms: number;
  p99Ms: number;
}

/** What it costs to take every frame over a broker: the product on Mosquitto against the product alone, at the same rate. */
export async function brokerCost(report: Report): Promise<void> {
  if (!hasMosquitto) return;
  const mosquitto = await startMosquitto();
  const embedded = await MeasuredServer.start('./product-server.ts', [String(CHARGE_POINTS)]);
  const url = `mqtt://127.0.0.1:${mosquitto.port}`;
  const mqtt = await MeasuredServer.start('./product-server.ts', [String(CHARGE_POINTS), url]);
  const [alone, carried] = [await cost(embedded), await cost(mqtt)];
  const versus = (key: keyof Cost, unit: string): string =>
    `${carried[key].toFixed(1)} ${unit} against ${alone[key].toFixed(1)}`;
  report('mqtt: CPU per answered CALL at 1,000/s', carried.perCallUs / alone.perCallUs, '-', versus('perCallUs', 'us'));
  report('mqtt: p50 at 1,000/s, ms above embedded', carried.p50Ms - alone.p50Ms, '-', versus('p50Ms', 'ms'));
  report('mqtt: p99 at 1,000/s, ms above embedded', carried.p99Ms - alone.p99Ms, '-', versus('p99Ms', 'ms'));
  await Promise.all([embedded.stop(), mqtt.stop()]);
  await idleAndAway(mosquitto, report);
  await mosquitto.dispose();
}

/** Memory of charge points that say nothing, and how soon all are answered again after their broker was started anew. */
async function idleAndAway(mosquitto: Mosquitto, report: Report): Promise<void> {
  const url = `mqtt://127.0.0.1:${mosquitto.port}`;
  const bytes: number[] = [];
  for (const args of [[String(IDLE)], [String(IDLE), url]]) {
    const server = await MeasuredServer.start('./product-server.ts', args);
    const before = await server.cpu('settled');
    const sockets = await connectAll(server.port, IDLE);
    bytes.push(((await server.cpu('settled')).rssBytes - before.rssBytes) / IDLE);
    if (args.length > 1) {
      await mosquitto.signal('SIGKILL');
      await mosquitto.start();
      const startedAt = performance.now();
      await new Load(sockets).eachOnce();
      const seconds = (performance.now() - startedAt) / 1_000;
      report(`mqtt: ${IDLE} answered after a restart, s`, seconds, '-', `${IDLE} charge points ask at once`);
    }
    for (const socket of sockets) socket.terminate();
    await server.stop();
  }
  const [alone = 1, carried = 0] = bytes;
  const detail = `${carried.toFixed(0)} B against ${alone.toFixed(0)}`;
  report('mqtt: memory per idle connection', carried / alone, '-', detail);
}

async function cost(server: MeasuredServer): Promise<Cost> {
  const sockets = await connectAll(server.port, CHARGE_POINTS);
  const load = new Load(sockets);
  await load.paced(RATE, 2);
  const before = await server.cpu();
  const result = await load.paced(RATE, SECONDS);
  const after = await server.cpu();
  for (const socket of sockets) socket.terminate();
  const perCallUs = (after.processUs - before.processUs) / result.answered;
  return { perCallUs, p50Ms: percentile(result, 0.5), p99Ms: percentile(result, 0.99) };
}

const percentile = ({ latencies }: LoadResult, share: number): number =>
  latencies[Math.floor(latencies.length * share)] ?? 0;

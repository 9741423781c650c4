import { hasMosquitto, startMosquitto } from '../src/bus/testing/mosquitto.ts';
import { connectAll, Load, type LoadResult } from './load.ts';
import { MeasuredServer } from './measured-server.ts';

const CHARGE_POINTS = 1_000;
const RATE = 1_000;
const SECONDS = 8;

interface Cost {
  perCallUs: number;
  p50Ms: number;
  p99Ms: number;
}

/** What it costs to take every frame over a broker: the product on Mosquitto against the product alone, at the same rate. */
export async function brokerCost(report: (what: string, ratio: number, goal: string, detail: string) => void) {
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
  await mosquitto.dispose();
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

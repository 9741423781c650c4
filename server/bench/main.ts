import { brokerCost } from './broker.ts';
import { commandsAcross } from './commands-across.ts';
import { connectAll, Load, type LoadResult } from './load.ts';
import { MeasuredServer } from './measured-server.ts';
import { queries } from './queries.ts';
import { report } from './report.ts';
import { missingForBench } from './requirements.ts';
import { median, type Sample, sampleInTurns } from './samples.ts';
import { signingCost } from './signing.ts';

/**
 * Ratios of the product to a bare `ws` server that only parses and answers, measured in turns in one run. The goals
 * are printed beside them; a machine's absolute figures mean little.
 */
/** Many short ones: the machine's own speed drifts by a fifth within a minute. */
const ROUNDS = 9;
const PACED_CHARGE_POINTS = 1_000;
const PACED_RATE = 1_000;
const IDLE_CONNECTIONS = 10_000;

const percentile = ({ latencies }: LoadResult, share: number): number =>
  latencies[Math.floor(latencies.length * share)] ?? 0;

async function closedLoop(bare: MeasuredServer, product: MeasuredServer): Promise<void> {
  const samples = await sampleInTurns({ bare, product }, ROUNDS);
  const of = (name: 'bare' | 'product', key: keyof Sample): number => median(samples[name].map((one) => one[key]));
  const versus = (key: keyof Sample, unit: string): [number, string] => [
    of('product', key) / of('bare', key),
    `${of('product', key).toFixed(0)} ${unit} against ${of('bare', key).toFixed(0)}`,
  ];
  const [cpu, cpuDetail] = versus('perCallUs', 'us');
  report('CPU per answered CALL, all threads', cpu, '<= 4 x bare', cpuDetail);
  const [loop, loopDetail] = versus('loopPerCallUs', 'us');
  report('CPU per answered CALL, event loop', loop, '<= 2.5 x bare', loopDetail);
  const [rate, rateDetail] = versus('rate', '/s');
  report('Answered CALLs a second, closed loop', rate, '-', rateDetail);
}

async function paced(bare: MeasuredServer, product: MeasuredServer): Promise<void> {
  const p99: number[] = [];
  for (const { port } of [bare, product]) {
    const sockets = await connectAll(port, PACED_CHARGE_POINTS);
    const load = new Load(sockets);
    await load.paced(PACED_RATE, 2);
    p99.push(percentile(await load.paced(PACED_RATE, 8), 0.99));
    for (const socket of sockets) socket.terminate();
  }
  const [bareMs = 0, productMs = 0] = p99;
  report(
    'p99 at 1,000 frames/s, ms above bare',
    productMs - bareMs,
    '<= 15',
    `${productMs.toFixed(1)} ms against ${bareMs.toFixed(1)}`,
  );
}

async function idle(bare: MeasuredServer, product: MeasuredServer): Promise<void> {
  const bytes: number[] = [];
  for (const server of [bare, product]) {
    const before = await server.cpu('settled');
    const sockets = await connectAll(server.port, IDLE_CONNECTIONS);
    const after = await server.cpu('settled');
    bytes.push((after.rssBytes - before.rssBytes) / IDLE_CONNECTIONS);
    for (const socket of sockets) socket.terminate();
  }
  const [bareBytes = 1, productBytes = 0] = bytes;
  report(
    'Memory per idle connection',
    productBytes / bareBytes,
    '<= 2 x bare',
    `${productBytes.toFixed(0)} B against ${bareBytes.toFixed(0)}`,
  );
}

const MEASURES = { closed: closedLoop, paced, idle };
const wanted = process.argv.slice(2);

/**
 * `npm run bench -- idle` runs one of them, `-- queries 1000000 folder` only the searches, among so
 * many rows, which the folder keeps for the next run: the ten million that it is by default take minutes and 6 GB of disk.
 */
for (const [name, measure] of Object.entries(MEASURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const things = measure === idle ? IDLE_CONNECTIONS : PACED_CHARGE_POINTS;
  const missing = missingForBench(things);
  if (missing !== null) {
    process.exitCode = 1;
    console.log(`${name}: not measured. ${missing}`);
    continue;
  }
  const bare = await MeasuredServer.start('./bare-server.ts');
  const product = await MeasuredServer.start('./product-server.ts', [String(things)]);
  await measure(bare, product);
  await Promise.all([bare.stop(), product.stop()]);
}
if (wanted.length === 0 || wanted.includes('broker')) await brokerCost(report);
if (wanted.length === 0 || wanted.includes('instances')) await commandsAcross(report);
if (wanted.length === 0 || wanted.includes('signing')) await signingCost(report);
if (wanted[0] === 'queries') await queries(wanted[1] === undefined ? undefined : Number(wanted[1]), wanted[2]);
process.exit();

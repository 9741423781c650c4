import { explainEnding, explainEvent } from './explain.ts';
import { clockTime, frameLine, printable } from './frame-line.ts';
import { readOptions, type SimulatorOptions, USAGE } from './options.ts';
import { type Ending, type SimulatedChargePointOptions, startSimulatedChargePoint } from './simulated-charge-point.ts';
import { progressLine, startSwarm } from './swarm.ts';

interface Running {
  stop(): Promise<void>;
  readonly ended: Promise<Ending>;
}

const read = readOptions(process.argv.slice(2));
if (read.kind === 'help') {
  console.log(USAGE);
} else if (read.kind === 'bad') {
  console.error(`${read.reason} See --help.`);
  process.exitCode = 1;
} else {
  process.exitCode = await run(read.options);
}

async function run(options: SimulatorOptions): Promise<number> {
  const running = options.count === 1 ? one(options) : many(options);
  const stop = () => void running.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const timer = options.durationSeconds === null ? null : setTimeout(stop, options.durationSeconds * 1_000);
  const ending = await running.ended;
  if (timer !== null) clearTimeout(timer);
  const complaint = explainEnding(ending, options);
  if (complaint === null) return 0;
  console.error(complaint);
  return 1;
}

function one(options: SimulatorOptions): Running {
  return startSimulatedChargePoint({
    ...startOptions(options),
    onFrame: (frame) => console.log(frameLine(frame)),
    onEvent: (event) => console.log(`${clockTime(Date.now())} · ${printable(explainEvent(event))}`),
  });
}

function many(options: SimulatorOptions): Running {
  const swarm = startSwarm({ count: options.count, template: startOptions(options), start: startSimulatedChargePoint });
  let last = '';
  const show = () => {
    const line = progressLine(swarm.counts());
    if (line !== last) process.stdout.write(process.stdout.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    last = line;
  };
  const timer = setInterval(show, 1_000);
  const ended = swarm.ended.finally(() => {
    clearInterval(timer);
    show();
    if (process.stdout.isTTY) process.stdout.write('\n');
  });
  return { stop: swarm.stop, ended };
}

function startOptions({ url, id, protocol, ...options }: SimulatorOptions): SimulatedChargePointOptions {
  return {
    url,
    id,
    protocol,
    hardware: options.hardware,
    scenario: options.scenario,
    ...(options.password === null ? {} : { password: options.password }),
    ...(options.idToken === null ? {} : { idToken: options.idToken }),
  };
}

import { connectAll, Load } from './load.ts';
import type { MeasuredServer } from './measured-server.ts';

const ROUND_SECONDS = 1.5;
const CHARGE_POINTS = 100;

export interface Sample {
  perCallUs: number;
  loopPerCallUs: number;
  rate: number;
}

export const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

async function sample(server: MeasuredServer, load: Load): Promise<Sample> {
  const before = await server.cpu();
  const { answered, seconds } = await load.closedLoop(ROUND_SECONDS);
  const after = await server.cpu();
  return {
    perCallUs: (after.processUs - before.processUs) / answered,
    loopPerCallUs: (after.eventLoopUs - before.eventLoopUs) / answered,
    rate: answered / seconds,
  };
}

/** Each server under full load, one after the other, many times: the machine's speed is a different one each second. */
export async function sampleInTurns<Name extends string>(
  servers: Record<Name, MeasuredServer>,
  rounds: number,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(servers) as Name[];
  const loads = new Map<Name, Load>();
  const samples = {} as Record<Name, Sample[]>;
  for (const name of names) {
    const load = new Load(await connectAll(servers[name].port, CHARGE_POINTS));
    await load.closedLoop(1);
    loads.set(name, load);
    samples[name] = [];
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, load] of loads) samples[name].push(await sample(servers[name], load));
  }
  return samples;
}

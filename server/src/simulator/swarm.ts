import type { Ending, SimulatedChargePoint, SimulatedChargePointOptions } from './simulated-charge-point.ts';

export interface SwarmCounts {
  total: number;
  started: number;
  connected: number;
  booted: number;
  ended: number;
  sent: number;
  received: number;
}

export interface Swarm {
  counts(): SwarmCounts;
  stop(): Promise<void>;
  /** Settles when every charge point has ended, with the first ending that was no stop. */
  readonly ended: Promise<Ending>;
}

export interface SwarmOptions {
  count: number;
  template: SimulatedChargePointOptions;
  start: (options: SimulatedChargePointOptions) => SimulatedChargePoint;
}

/** At most this many handshakes at a time: a swarm should not look like an attack. */
const CONNECTING_AT_ONCE = 50;

export function startSwarm({ count, template, start }: SwarmOptions): Swarm {
  const counts: SwarmCounts = { total: count, started: 0, connected: 0, booted: 0, ended: 0, sent: 0, received: 0 };
  const members: SimulatedChargePoint[] = [];
  let firstTrouble: Ending | null = null;
  let stopping = false;

  function launch(number: number): Promise<void> {
    const ready = Promise.withResolvers<void>();
    const member = start({
      ...template,
      id: memberId(template.id, number),
      onFrame: ({ direction }) => counts[direction]++,
      onEvent: ({ kind }) => {
        if (kind === 'connected') counts.connected++;
        else if (kind === 'disconnected') counts.connected--;
        else if (kind === 'booted') counts.booted++;
        if (kind === 'booted' || kind === 'not-yet-accepted') ready.resolve();
      },
    });
    counts.started++;
    members.push(member);
    void member.ended.then((ending) => {
      counts.ended++;
      if (ending.kind !== 'stopped') firstTrouble ??= ending;
      ready.resolve();
    });
    return ready.promise;
  }

  let next = 1;
  async function lane(): Promise<void> {
    while (next <= count && !stopping) await launch(next++);
  }
  const launched = Promise.all(Array.from({ length: Math.min(CONNECTING_AT_ONCE, count) }, lane));

  return {
    counts: () => ({ ...counts }),
    async stop() {
      stopping = true;
      await Promise.all(members.map((member) => member.stop()));
    },
    ended: launched
      .then(() => Promise.all(members.map(({ ended }) => ended)))
      .then(() => firstTrouble ?? { kind: 'stopped' }),
  };
}

/** `CP` and 7 → `CP-0007`. */
export function memberId(prefix: string, number: number): string {
  return `${prefix}-${String(number).padStart(4, '0')}`;
}

export function progressLine({ total, connected, booted, ended, sent, received }: SwarmCounts): string {
  const gone = ended === 0 ? '' : ` · ${ended} ended`;
  return `${connected}/${total} connected · ${booted} boots accepted${gone} · ${sent} frames sent · ${received} received`;
}

import type { FleetSummary, OverallState } from '@cpo-console/shared/api/things.ts';
import { overallState } from '@cpo-console/shared/projection/charge-point-status.ts';
import type { LogEntry, MessageLog } from '../message-log/message-log.ts';
import type { Registry } from '../registry/registry.ts';
import type { LiveStates } from './live-states.ts';

const RING_SECONDS = 60;
/** The rate shown is the mean of this many whole seconds, so that it doesn't flicker. */
const RATE_SECONDS = 5;

export interface FleetOptions {
  log: Pick<MessageLog, 'subscribe'>;
  registry: Pick<Registry, 'get' | 'list' | 'onChange'>;
  liveStates: Pick<LiveStates, 'get' | 'onChange'>;
  now: () => number;
}

/** The numbers of the whole fleet, kept up as charge points change: reading them costs the same for any number. */
export interface Fleet {
  summary(): FleetSummary;
  close(): void;
}

interface Counted {
  overall: OverallState;
  activeTransactions: number;
}

export function createFleet({ log, registry, liveStates, now }: FleetOptions): Fleet {
  const counted = new Map<string, Counted>();
  const byState = emptyCounts();
  const rates = createRates(now);
  let activeTransactions = 0;

  const recount = (thingName: string): void => {
    const before = counted.get(thingName);
    if (before !== undefined) {
      byState[before.overall] -= 1;
      activeTransactions -= before.activeTransactions;
      counted.delete(thingName);
    }
    if (registry.get(thingName) === null) return;
    const state = liveStates.get(thingName);
    const after: Counted =
      state === null
        ? { overall: 'never-seen', activeTransactions: 0 }
        : { overall: overallState(state), activeTransactions: state.transactions.length };
    byState[after.overall] += 1;
    activeTransactions += after.activeTransactions;
    counted.set(thingName, after);
  };

  for (const { thingName } of registry.list()) recount(thingName);
  const stops = [
    registry.onChange(({ thingName }) => recount(thingName)),
    liveStates.onChange((changed) => changed.forEach(recount)),
    log.subscribe((entries) => rates.count(entries)),
  ];

  return {
    summary: () => ({
      total: counted.size,
      byState: { ...byState },
      activeTransactions,
      ...rates.read(),
    }),
    close: () => {
      for (const stop of stops) stop();
    },
  };
}

const emptyCounts = (): Record<OverallState, number> => ({
  connected: 0,
  charging: 0,
  faulted: 0,
  booting: 0,
  offline: 0,
  'never-seen': 0,
});

interface Rates {
  count(entries: readonly LogEntry[]): void;
  read(): Pick<FleetSummary, 'messagesPerSecond' | 'messagesLastMinute'>;
}

/** Messages in each of the last whole seconds. */
function createRates(now: () => number): Rates {
  // One slot more than shown: the running second is not over yet.
  const slots = new Array<number>(RING_SECONDS + 1).fill(0);
  let current = Math.floor(now() / 1000);
  const at = (second: number): number => second % slots.length;
  const advance = (): void => {
    const second = Math.floor(now() / 1000);
    for (let passed = Math.max(current + 1, second - RING_SECONDS); passed <= second; passed += 1)
      slots[at(passed)] = 0;
    current = Math.max(current, second);
  };
  return {
    count(entries) {
      advance();
      let messages = 0;
      for (const { row } of entries) if (row.kind !== 'event') messages += 1;
      slots[at(current)] = (slots[at(current)] ?? 0) + messages;
    },
    read() {
      advance();
      const messagesLastMinute: number[] = [];
      for (let ago = RING_SECONDS; ago >= 1; ago -= 1) messagesLastMinute.push(slots[at(current - ago)] ?? 0);
      const latest = messagesLastMinute.slice(-RATE_SECONDS).reduce((sum, count) => sum + count, 0);
      return { messagesPerSecond: Math.round((latest / RATE_SECONDS) * 10) / 10, messagesLastMinute };
    },
  };
}

import { isDeepStrictEqual } from 'node:util';
import type { ChargePointState } from '@cpo-console/shared/projection/charge-point-state.ts';
import type { Registry } from '../registry/registry.ts';
import { ShadowError } from '../registry/shadow-document.ts';
import type { Shadows } from '../registry/shadows.ts';
import type { LiveStates } from './live-states.ts';

/** Shadows written at the same time: a whole fleet that comes back leaves room for others in the database. */
const AT_ONCE = 32;

export interface ReportStateOptions {
  liveStates: Pick<LiveStates, 'get' | 'list' | 'onChange'>;
  registry: Pick<Registry, 'get' | 'onChange'>;
  shadows: Pick<Shadows, 'get' | 'report'>;
  onTrouble: (error: unknown) => void;
}

/** What has no value is absent: null would remove it, and has no place in an array. */
interface Reported {
  connectivity: { connected: boolean; protocol?: string; since?: string };
  connectors: { evseId?: number; connectorId: number; status: string }[];
}

/**
 * Keeps connectivity and connector states in the shadow of each registered charge point, and writes only when they
 * changed. What a stop leaves unwritten is found at the next start.
 *
 * @returns ends it, once what is being written is
 */
export function reportState(options: ReportStateOptions): () => Promise<void> {
  const { liveStates, registry, shadows, onTrouble } = options;
  const told = new Map<string, Reported>();
  const waiting = new Set<string>();
  let working: Promise<void> | null = null;

  function wanted(thingName: string): Reported | null {
    const state = registry.get(thingName) === null ? null : liveStates.get(thingName);
    if (state === null) return null;
    const reported = reportedOf(state);
    return isDeepStrictEqual(told.get(thingName), reported) ? null : reported;
  }

  async function tell(thingName: string): Promise<void> {
    if (!told.has(thingName)) {
      const { connectivity, connectors } = (await shadows.get(thingName)).state.reported;
      told.set(thingName, { connectivity, connectors } as Reported);
    }
    const reported = wanted(thingName);
    if (reported === null) return;
    const { protocol = null, since = null, connected } = reported.connectivity;
    const connectivity = { connected, protocol, since };
    try {
      await shadows.report(thingName, { connectivity, connectors: reported.connectors });
    } catch (error) {
      if (!(error instanceof ShadowError)) throw error;
      // Too many connectors for a shadow: better none than old ones.
      await shadows.report(thingName, { connectivity, connectors: null });
    } finally {
      // Also when it was refused: the same would be again.
      told.set(thingName, reported);
    }
  }

  async function work(): Promise<void> {
    while (waiting.size > 0) {
      const names = [...waiting].slice(0, AT_ONCE);
      for (const name of names) waiting.delete(name);
      const outcomes = await Promise.allSettled(names.map(tell));
      for (const [position, outcome] of outcomes.entries()) {
        if (outcome.status === 'fulfilled') continue;
        if (outcome.reason instanceof ShadowError) continue;
        told.delete(names[position] ?? '');
        onTrouble(outcome.reason);
      }
    }
    working = null;
  }

  function look(thingNames: Iterable<string>): void {
    for (const name of thingNames) if (wanted(name) !== null) waiting.add(name);
    if (waiting.size > 0) working ??= work();
  }

  const stops = [
    liveStates.onChange(look),
    registry.onChange(({ thingName, kind }) => {
      // A shadow goes with its thing, and one of the same name starts with a new one.
      if (kind !== 'updated') told.delete(thingName);
      look([thingName]);
    }),
  ];
  look(Array.from(liveStates.list(), ([thingName]) => thingName));

  return async () => {
    for (const stop of stops) stop();
    waiting.clear();
    await working;
  };
}

function reportedOf({ connected, protocol, connectedAt, disconnectedAt, connectors }: ChargePointState): Reported {
  const since = connected ? connectedAt : disconnectedAt;
  return {
    connectivity: {
      connected,
      ...(protocol === null ? {} : { protocol }),
      ...(since === null ? {} : { since: new Date(since).toISOString() }),
    },
    connectors: connectors.map(({ evseId, connectorId, status }) => ({
      ...(evseId === null ? {} : { evseId }),
      connectorId,
      status,
    })),
  };
}

import { isNewer, type Presence } from '../bus/presence.ts';

/** Where each charge point hangs just now, as the gateways announced it. */
export interface Presences {
  get(thingName: string): Presence | null;
  /** @returns false for one that is older than what is known */
  take(thingName: string, presence: Presence): boolean;
  /** Those that hang on one process. */
  connectedAt(instance: string): [thingName: string, presence: Presence][];
}

export function createPresences(): Presences {
  const known = new Map<string, Presence>();
  return {
    get: (thingName) => known.get(thingName) ?? null,
    connectedAt: (instance) =>
      [...known].filter(([, presence]) => presence.connected && presence.instance === instance),
    take(thingName, presence) {
      const before = known.get(thingName);
      if (before !== undefined && isNewer(before, presence)) return false;
      known.set(thingName, presence);
      return true;
    },
  };
}

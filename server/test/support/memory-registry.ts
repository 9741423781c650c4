import type { RegisteredThing, Registry } from '../../src/registry/registry.ts';

/** Things in memory; every password is `secret-of-<thing name>`. */
export function createMemoryRegistry(now: () => number): Registry {
  const things = new Map<string, RegisteredThing>();
  const listeners = new Set<Parameters<Registry['onChange']>[0]>();
  const tell = (thingName: string, kind: 'created' | 'updated' | 'removed'): void => {
    for (const listener of listeners) listener({ thingName, kind });
  };
  return {
    issuesCertificates: false,
    lookUp: async (thingName) => (things.has(thingName) ? 'known' : 'unknown'),
    trouble: () => null,
    admit: (thingName) => {
      const thing = things.get(thingName);
      return thing === undefined
        ? { admitted: false, reason: 'not-registered' }
        : { admitted: true, thing, credential: null };
    },
    get: (thingName) => things.get(thingName) ?? null,
    list: () => [...things.values()].sort((a, b) => (a.thingName < b.thingName ? -1 : 1)),
    create: async (given) => {
      if (things.has(given.thingName)) return null;
      const thing = { sandbox: false, ...given, createdAt: now(), passwordOfferedAt: null, securityProfile: null };
      things.set(thing.thingName, thing);
      tell(thing.thingName, 'created');
      return { thing, password: thing.authType === 'basic' ? `secret-of-${thing.thingName}` : null };
    },
    update: async (thingName, changes) => {
      const thing = things.get(thingName);
      if (thing === undefined) return null;
      const changed = { ...thing, ...changes };
      things.set(thingName, changed);
      tell(thingName, 'updated');
      return changed;
    },
    renewCredentials: async (thingName) =>
      things.get(thingName)?.authType === 'basic' ? { password: `new-secret-of-${thingName}` } : null,
    offerPassword: async (thingName) => things.get(thingName)?.authType === 'basic',
    reachProfile: async () => undefined,
    forgetProfile: async () => false,
    withdrawPassword: async () => false,
    adoptPassword: async (thingName) => things.get(thingName)?.authType === 'basic',
    remove: async (thingName) => {
      const removed = things.delete(thingName);
      if (removed) tell(thingName, 'removed');
      return removed;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

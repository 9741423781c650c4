import type { ChangeResult, Drift, ThingDrift } from '@cpo-console/shared/api/configuration.ts';
import { driftOf, rulesOfVersion } from '../../charge-points/desired-configuration/drift.ts';
import type { Records } from '../../charge-points/records.ts';
import type { RegisteredThing, Registry } from '../../registry/registry.ts';
import type { Logger } from '../logger.ts';
import type { ConfigurationService } from './configuration-service.ts';

/** Who is not as the rules want it, and what is done about it. */
export interface DesiredService {
  /** null for a thing that is not registered. */
  driftOf(thingName: string): Promise<Drift[] | null>;
  /** Of these things, those that are out of step. */
  outOfStep(things: readonly RegisteredThing[]): Promise<ThingDrift[]>;
  /** Sets what differs or is not known. null: its version is not known. */
  apply(thingName: string, sentBy: string): Promise<ChangeResult[] | null>;
  /** It was accepted: sends what is to be sent by itself. */
  booted(thingName: string): void;
  /** Resolves when what boots began has ended. */
  close(): Promise<void>;
}

export interface DesiredServiceOptions extends Pick<Records, 'variables' | 'desiredConfiguration'> {
  registry: Pick<Registry, 'get'>;
  configuration: ConfigurationService;
  logger: Logger;
}

const SENT_BY = 'desired configuration';

export function createDesiredService(options: DesiredServiceOptions): DesiredService {
  const { registry, variables, desiredConfiguration, configuration, logger } = options;
  const working = new Set<Promise<unknown>>();

  const rulesFor = (thing: RegisteredThing) =>
    rulesOfVersion(desiredConfiguration.rulesFor(thing), configuration.versionOf(thing.thingName));

  async function drifts(things: readonly RegisteredThing[]): Promise<{ thingName: string; drift: Drift[] }[]> {
    const wanted = things.map((thing) => ({ thingName: thing.thingName, rules: rulesFor(thing) }));
    const asked = wanted.filter(({ rules }) => rules.length > 0);
    const reported = await variables.at(
      asked.map(({ thingName }) => thingName),
      asked.flatMap(({ rules }) => rules),
    );
    return wanted.map(({ thingName, rules }) => ({ thingName, drift: driftOf(rules, reported.get(thingName) ?? []) }));
  }

  async function apply(thingName: string, { sentBy, onBoot }: { sentBy: string; onBoot: boolean }) {
    const thing = registry.get(thingName);
    const [found] = thing === null ? [] : await drifts([thing]);
    const open = (found?.drift ?? []).filter(
      ({ state, rule }) => (state === 'differs' || state === 'unknown') && (!onBoot || rule.applyOnBoot),
    );
    const changes = open.map(({ component, variable, attribute, desired }) => {
      return { component, variable, attribute, value: desired };
    });
    return configuration.change(thingName, changes, sentBy);
  }

  return {
    async driftOf(thingName) {
      const thing = registry.get(thingName);
      return thing === null ? null : ((await drifts([thing]))[0]?.drift ?? []);
    },
    async outOfStep(things) {
      const found = await drifts(things);
      return found.map(toThingDrift).filter(({ differs, readOnly, unknown }) => differs + readOnly + unknown > 0);
    },
    apply: (thingName, sentBy) => apply(thingName, { sentBy, onBoot: false }),
    booted(thingName) {
      const work = apply(thingName, { sentBy: SENT_BY, onBoot: true })
        .catch((error: unknown) => logger.error({ err: error, thingName }, 'The desired configuration was not applied'))
        .finally(() => working.delete(work));
      working.add(work);
    },
    async close() {
      await Promise.all(working);
    },
  };
}

function toThingDrift({ thingName, drift }: { thingName: string; drift: readonly Drift[] }): ThingDrift {
  const count = (state: Drift['state']): number => drift.filter((each) => each.state === state).length;
  return {
    thingName,
    wanted: drift.length,
    differs: count('differs'),
    readOnly: count('read-only'),
    unknown: count('unknown'),
  };
}

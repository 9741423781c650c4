import type { BootDecision, BootPolicy } from '@cpo-console/shared/api/configuration.ts';
import type { Database } from '../../database/database.ts';
import type { BootRow } from '../../database/tables/boots.tables.ts';
import { createKeyedQueue } from '../../registry/keyed-queue.ts';
import { createChangeListeners } from '../change-listeners.ts';

/** Who is let in when it boots, and who waits. Answers come from memory; changes are durable when resolved. */
export interface Boots {
  /** What holds for a charge point: its own policy, else the fleet's. */
  policyOf(thingName: string): BootPolicy & { own: boolean };
  fleetPolicy(): BootPolicy;
  setFleetPolicy(policy: BootPolicy): Promise<void>;
  /** null: as the fleet. It holds from the next boot on. */
  setPolicy(thingName: string, policy: BootPolicy | null): Promise<void>;
  /** What it was told at its last boot, as far as that was not Accepted. */
  heldBack(thingName: string): Exclude<BootDecision, 'Accepted'> | null;
  told(thingName: string, decision: BootDecision): Promise<void>;
  /** Whether it may send this now. @see OCPP 2.0.1 part 2, B02.FR.09 and B03.FR.07 */
  maySend(thingName: string, action: string): boolean;
  /** We asked it to send this: from now until it is accepted, it may. */
  asked(thingName: string, action: string): void;
  remove(thingName: string): Promise<void>;
  onChange(listener: (thingName: string) => void): () => void;
}

const FLEET = '';
const ACCEPT_ALL: BootPolicy = { decision: 'Accepted', retryIntervalSeconds: 30 };

interface Entry {
  policy: BootPolicy | null;
  told: Exclude<BootDecision, 'Accepted'> | null;
}
const NOTHING: Entry = { policy: null, told: null };

export async function createBoots({
  database,
}: {
  database: Pick<Database, 'query' | 'write' | 'follow'>;
}): Promise<Boots> {
  const { query } = database;
  const entries = new Map<string, Entry>();
  const expected = new Map<string, Set<string>>();
  const oneAtATime = createKeyedQueue();
  const changes = createChangeListeners();
  const read = (): Promise<BootRow[]> => query.selectFrom('boots').selectAll().execute();
  function take(rows: readonly BootRow[]): void {
    entries.clear();
    for (const row of rows) entries.set(row.thing_name, toEntry(row));
  }
  take(await read());
  database.follow('boots', read, take);

  const change = (thingName: string, facts: Partial<Entry>): Promise<void> =>
    oneAtATime(thingName, async () => {
      const before = entries.get(thingName) ?? NOTHING;
      const entry = { ...before, ...facts };
      const isNothing = entry.policy === null && entry.told === null;
      if (isNothing && before === NOTHING) return;
      const row = toRow(thingName, entry);
      await database.write(
        isNothing
          ? query.deleteFrom('boots').where('thing_name', '=', thingName).compile()
          : query
              .insertInto('boots')
              .values(row)
              .onConflict((conflict) => conflict.column('thing_name').doUpdateSet(row))
              .compile(),
      );
      if (isNothing) entries.delete(thingName);
      else entries.set(thingName, entry);
      changes.tell(thingName);
    });

  const fleetPolicy = (): BootPolicy => entries.get(FLEET)?.policy ?? ACCEPT_ALL;

  return {
    policyOf(thingName) {
      const own = entries.get(thingName)?.policy ?? null;
      return { ...(own ?? fleetPolicy()), own: own !== null };
    },
    fleetPolicy,
    setFleetPolicy: (policy) => change(FLEET, { policy }),
    setPolicy: (thingName, policy) => change(thingName, { policy }),
    heldBack: (thingName) => entries.get(thingName)?.told ?? null,
    async told(thingName, decision) {
      expected.delete(thingName);
      await change(thingName, { told: decision === 'Accepted' ? null : decision });
    },
    maySend(thingName, action) {
      const held = entries.get(thingName)?.told ?? null;
      if (held === null || action === 'BootNotification') return true;
      return held === 'Pending' && expected.get(thingName)?.has(action) === true;
    },
    asked(thingName, action) {
      if (entries.get(thingName)?.told == null) return;
      const actions = expected.get(thingName) ?? new Set();
      expected.set(thingName, actions.add(action));
    },
    async remove(thingName) {
      expected.delete(thingName);
      await change(thingName, NOTHING);
    },
    onChange: changes.onChange,
  };
}

function toEntry({ decision, retry_interval_seconds, told }: BootRow): Entry {
  return {
    policy:
      decision === null
        ? null
        : {
            decision: decision as BootDecision,
            retryIntervalSeconds: retry_interval_seconds ?? ACCEPT_ALL.retryIntervalSeconds,
          },
    told: told as Entry['told'],
  };
}

const toRow = (thingName: string, { policy, told }: Entry): BootRow => ({
  thing_name: thingName,
  decision: policy?.decision ?? null,
  retry_interval_seconds: policy?.retryIntervalSeconds ?? null,
  told,
});

import type {
  Tolerance,
  ToleranceChanges,
  ToleranceSettings,
  ToleranceSource,
} from '@cpo-console/shared/api/tolerance.ts';
import type { Database } from '../../database/database.ts';

/** What a charge point says it is. */
export interface StationModel {
  vendorName: string | null;
  model: string | null;
}

/** Whether frames that break their schema are refused, or accepted and marked where a handler can still do its work. */
export interface Tolerances {
  /** The charge point's own setting, else its model's, else the fleet's. From memory. */
  of(thingName: string, station: StationModel | null): { mode: Tolerance; from: ToleranceSource };
  settings(): ToleranceSettings;
  /** All or nothing; null takes a setting back. Durable when resolved. */
  change(changes: ToleranceChanges, changedBy: string): Promise<ToleranceSettings>;
  remove(thingName: string): Promise<void>;
}

export interface TolerancesOptions {
  database: Pick<Database, 'query' | 'write' | 'follow'>;
  now: () => number;
}

type Scope = 'fleet' | 'model' | 'charge-point';
interface Change {
  scope: Scope;
  name: string;
  mode: Tolerance | null;
}

const UNSET: Tolerance = 'lenient';

export async function createTolerances({ database, now }: TolerancesOptions): Promise<Tolerances> {
  const { query } = database;
  const modes: Record<Scope, Map<string, Tolerance>> = {
    fleet: new Map(),
    model: new Map(),
    'charge-point': new Map(),
  };
  const read = () => query.selectFrom('tolerances').selectAll().execute();
  function take(rows: Awaited<ReturnType<typeof read>>): void {
    for (const ofScope of Object.values(modes)) ofScope.clear();
    for (const row of rows) modes[row.scope as Scope].set(row.name, row.mode as Tolerance);
  }
  take(await read());
  database.follow('tolerances', read, take);

  function statement({ scope, name, mode }: Change, changedBy: string) {
    if (mode === null) {
      return query.deleteFrom('tolerances').where('scope', '=', scope).where('name', '=', name).compile();
    }
    const row = { mode, updated_at: now(), updated_by: changedBy };
    return query
      .insertInto('tolerances')
      .values({ scope, name, ...row })
      .onConflict((conflict) => conflict.columns(['scope', 'name']).doUpdateSet(row))
      .compile();
  }

  async function apply(changes: readonly Change[], changedBy: string): Promise<void> {
    if (changes.length === 0) return;
    await database.write(...changes.map((change) => statement(change, changedBy)));
    for (const { scope, name, mode } of changes) {
      if (mode === null) modes[scope].delete(name);
      else modes[scope].set(name, mode);
    }
  }

  const settings = (): ToleranceSettings => ({
    fleet: modes.fleet.get('') ?? UNSET,
    models: [...modes.model]
      .map(([name, mode]) => ({ ...readModelKey(name), mode }))
      .sort((a, b) => a.vendorName.localeCompare(b.vendorName) || a.model.localeCompare(b.model)),
    chargePoints: [...modes['charge-point']]
      .map(([thingName, mode]) => ({ thingName, mode }))
      .sort((a, b) => a.thingName.localeCompare(b.thingName)),
  });

  return {
    of(thingName, station) {
      const own = modes['charge-point'].get(thingName);
      if (own !== undefined) return { mode: own, from: 'charge-point' };
      const ofModel = modes.model.size === 0 || station === null ? undefined : modes.model.get(modelKey(station));
      if (ofModel !== undefined) return { mode: ofModel, from: 'model' };
      return { mode: modes.fleet.get('') ?? UNSET, from: 'fleet' };
    },
    settings,
    async change({ fleet, models = [], chargePoints = [] }, changedBy) {
      const changes: Change[] = [
        ...(fleet === undefined ? [] : [{ scope: 'fleet' as const, name: '', mode: fleet }]),
        ...models.map((entry) => ({ scope: 'model' as const, name: modelKey(entry), mode: entry.mode })),
        ...chargePoints.map(({ thingName, mode }) => ({ scope: 'charge-point' as const, name: thingName, mode })),
      ];
      await apply(changes, changedBy);
      return settings();
    },
    remove: (thingName) => apply([{ scope: 'charge-point', name: thingName, mode: null }], ''),
  };
}

const modelKey = ({ vendorName, model }: StationModel): string => JSON.stringify([vendorName ?? '', model ?? '']);

function readModelKey(key: string): { vendorName: string; model: string } {
  const [vendorName = '', model = ''] = JSON.parse(key) as string[];
  return { vendorName, model };
}

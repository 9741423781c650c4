import type { DoorEntry } from '@cpo-console/shared/api/things.ts';
import type { Database } from '../database/database.ts';

/** One that goes on trying is worth another look after a day. */
const DISMISSED_MS = 86_400_000;

export interface DoorDismissals {
  has(refusal: Refusal): boolean;
  /** Durable when resolved. */
  add(refusal: Refusal): Promise<void>;
}

type Refusal = Pick<DoorEntry, 'thingName' | 'reason'>;

const keyOf = (thingName: string, reason: string): string => JSON.stringify([thingName, reason]);

export async function createDoorDismissals({
  database,
  now,
}: {
  database: Pick<Database, 'query' | 'write' | 'follow'>;
  now: () => number;
}): Promise<DoorDismissals> {
  const { query } = database;
  const until = new Map<string, number>();
  const read = () => query.selectFrom('door_dismissals').selectAll().execute();
  function take(rows: Awaited<ReturnType<typeof read>>): void {
    until.clear();
    for (const row of rows) until.set(keyOf(row.thing_name, row.reason), row.until);
  }
  take(await read());
  database.follow('door_dismissals', read, take);
  return {
    has: ({ thingName, reason }) => (until.get(keyOf(thingName, reason)) ?? 0) > now(),
    async add({ thingName, reason }) {
      const row = { thing_name: thingName, reason, until: now() + DISMISSED_MS };
      await database.write(query.deleteFrom('door_dismissals').where('until', '<=', now()).compile());
      await database.write(
        query
          .insertInto('door_dismissals')
          .values(row)
          .onConflict((conflict) => conflict.columns(['thing_name', 'reason']).doUpdateSet(row))
          .compile(),
      );
      for (const [key, end] of until) if (end <= now()) until.delete(key);
      until.set(keyOf(thingName, reason), row.until);
    },
  };
}

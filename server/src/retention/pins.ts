import type { Pin } from '@cpo-console/shared/api/retention.ts';
import type { Database } from '../database/database.ts';
import type { PinRow } from '../database/tables/retention.tables.ts';
import type { PinnedRange } from '../message-log/kept/log-plan.ts';

export interface NewPin extends PinnedRange {
  transactionId: string | null;
  reason: string;
  by: string;
}

/** Ranges of charge points' logs that pruning leaves alone, while somebody disputes what happened. */
export interface Pins {
  /** The newest first. */
  list(thingName?: string): Promise<Pin[]>;
  /** Durable when resolved. */
  add(pin: NewPin): Promise<Pin>;
  /** false: there is none. */
  remove(id: string): Promise<boolean>;
  ranges(): Promise<PinnedRange[]>;
}

interface PinsOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
  newId: () => string;
}

export function createPins({ database, now, newId }: PinsOptions): Pins {
  const { query } = database;
  return {
    async list(thingName) {
      const all = query.selectFrom('pins').selectAll().orderBy('pinned_at', 'desc').orderBy('id', 'desc');
      const rows = await (thingName === undefined ? all : all.where('thing_name', '=', thingName)).execute();
      return rows.map(toPin);
    },
    async add({ thingName, from, to, transactionId, reason, by }) {
      const row: PinRow = {
        id: newId(),
        thing_name: thingName,
        from_at: from,
        to_at: to,
        transaction_ref: transactionId,
        reason,
        pinned_at: now(),
        pinned_by: by,
      };
      await database.write(query.insertInto('pins').values(row).compile());
      return toPin(row);
    },
    async remove(id) {
      const { numDeletedRows } = await query.deleteFrom('pins').where('id', '=', id).executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
    async ranges() {
      const rows = await query.selectFrom('pins').select(['thing_name', 'from_at', 'to_at']).execute();
      return rows.map(({ thing_name, from_at, to_at }) => ({ thingName: thing_name, from: from_at, to: to_at }));
    },
  };
}

const toPin = (row: PinRow): Pin => ({
  id: row.id,
  thingName: row.thing_name,
  from: new Date(row.from_at).toISOString(),
  to: new Date(row.to_at).toISOString(),
  transactionId: row.transaction_ref,
  reason: row.reason,
  pinnedAt: new Date(row.pinned_at).toISOString(),
  pinnedBy: row.pinned_by,
});

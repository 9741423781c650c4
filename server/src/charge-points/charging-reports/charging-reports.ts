import type { ChargingReport } from '@cpo-console/shared/api/charging.ts';
import type { Database } from '../../database/database.ts';
import { createListeners } from '../listeners.ts';

type Kind = ChargingReport['kind'];

/** EVSE or connector 0 is the whole. */
export interface NewChargingReport {
  thingName: string;
  kind: Kind;
  place: number;
  source?: string;
  /** As on the wire. */
  content: unknown;
}

/** What the charge points told last about how they charge. Writes are durable when resolved. */
export interface ChargingReports {
  put(report: NewChargingReport): Promise<void>;
  /** It no longer holds; without a place, nowhere. */
  remove(report: { thingName: string; kind: Kind; source: string; place?: number }): Promise<void>;
  /** All of a charge point's. */
  removeThing(thingName: string): Promise<void>;
  list(thingName: string): Promise<ChargingReport[]>;
  onChange(listener: (thingName: string) => void): () => void;
}

export function createChargingReports({
  database,
  now,
}: {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
}): ChargingReports {
  const { query } = database;
  const listeners = createListeners<string>();
  return {
    async put({ thingName, kind, place, source = '', content }) {
      const told = { content: JSON.stringify(content), at: now() };
      await database.write(
        query
          .insertInto('charging_reports')
          .values({ thing_name: thingName, kind, place, source, ...told })
          .onConflict((conflict) => conflict.columns(['thing_name', 'kind', 'place', 'source']).doUpdateSet(told))
          .compile(),
      );
      listeners.tell(thingName);
    },
    async remove({ thingName, kind, source, place }) {
      let remove = query.deleteFrom('charging_reports').where('thing_name', '=', thingName);
      remove = remove.where('kind', '=', kind).where('source', '=', source);
      await database.write((place === undefined ? remove : remove.where('place', '=', place)).compile());
      listeners.tell(thingName);
    },
    removeThing: (thingName) =>
      database.write(query.deleteFrom('charging_reports').where('thing_name', '=', thingName).compile()),
    async list(thingName) {
      const rows = await query
        .selectFrom('charging_reports')
        .selectAll()
        .where('thing_name', '=', thingName)
        .orderBy('kind')
        .orderBy('place')
        .orderBy('source')
        .execute();
      return rows.map(({ kind, place, source, content, at }) => ({
        kind: kind as Kind,
        evseId: place,
        source: source === '' ? null : source,
        content: JSON.parse(content) as Record<string, unknown>,
        at: new Date(at).toISOString(),
      }));
    },
    onChange: listeners.add,
  };
}

import type { EventStream } from '@cpo-console/shared/api/charge-point-events.ts';
import type { Database } from '../../database/database.ts';
import type { EventStreamRow } from '../../database/tables/event-streams.tables.ts';

interface Pacing {
  intervalSeconds: number | null;
  maxValues: number | null;
}

export interface StreamFacts extends Pacing {
  id: number;
  monitoringId: number | null;
}

export interface StreamValues {
  thingName: string;
  id: number;
  /** Values that the charge point still holds back. */
  pending: number;
  /** How many came. */
  count: number;
  /** Of the last one, by the charge point's clock. */
  at: number;
  value: string;
}

/** OCPP 2.1: periodic streams of values, each with its last one. Durable when resolved. */
export interface EventStreams {
  open(stream: StreamFacts & { thingName: string }): Promise<void>;
  close(thingName: string, id: number): Promise<void>;
  adjust(thingName: string, id: number, pacing: Pacing): Promise<void>;
  receive(values: StreamValues): Promise<void>;
  /** What the charge point says that is open: all others are closed. */
  reconcile(thingName: string, open: readonly StreamFacts[]): Promise<void>;
  list(thingName: string): Promise<EventStream[]>;
  remove(thingName: string): Promise<void>;
  onChange(listener: (thingName: string) => void): () => void;
}

export interface EventStreamsOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
}

/** A charge point decides which ids it uses, not how much is read of them. */
const MAX_STREAMS = 200;
const MAX_VALUE = 2_500;

export function createEventStreams({ database, now }: EventStreamsOptions): EventStreams {
  const { query } = database;
  const listeners = new Set<(thingName: string) => void>();

  async function write(thingName: string, ...queries: Parameters<Database['write']>): Promise<void> {
    await database.write(...queries);
    for (const listener of listeners) listener(thingName);
  }

  const newRow = (thingName: string, id: number): EventStreamRow => ({
    thing_name: thingName,
    stream_id: id,
    monitoring_id: null,
    interval_seconds: null,
    max_values: null,
    opened_at: now(),
    closed_at: null,
    last_at: null,
    last_value: null,
    pending: null,
    received: 0,
  });

  const rowOf = (thingName: string, { id, monitoringId, intervalSeconds, maxValues }: StreamFacts): EventStreamRow => ({
    ...newRow(thingName, id),
    monitoring_id: monitoringId,
    interval_seconds: intervalSeconds,
    max_values: maxValues,
  });

  const update = (thingName: string, changes: Partial<EventStreamRow>) =>
    query.updateTable('event_streams').set(changes).where('thing_name', '=', thingName);

  return {
    open({ thingName, ...facts }) {
      const row = rowOf(thingName, facts);
      const { thing_name: _thing, stream_id: _id, ...anew } = row;
      return write(
        thingName,
        query
          .insertInto('event_streams')
          .values(row)
          .onConflict((conflict) => conflict.columns(['thing_name', 'stream_id']).doUpdateSet(anew))
          .compile(),
      );
    },
    close: (thingName, id) =>
      write(
        thingName,
        update(thingName, { closed_at: now(), pending: null })
          .where('stream_id', '=', id)
          .where('closed_at', 'is', null)
          .compile(),
      ),
    adjust: (thingName, id, { intervalSeconds, maxValues }) =>
      write(
        thingName,
        update(thingName, { interval_seconds: intervalSeconds, max_values: maxValues })
          .where('stream_id', '=', id)
          .compile(),
      ),
    receive({ thingName, id, pending, count, at, value }) {
      const last = { last_at: at, last_value: value.slice(0, MAX_VALUE), pending };
      return write(
        thingName,
        query
          .insertInto('event_streams')
          .values({ ...newRow(thingName, id), ...last, received: count })
          .onConflict((conflict) =>
            conflict
              .columns(['thing_name', 'stream_id'])
              .doUpdateSet((eb) => ({ ...last, received: eb('event_streams.received', '+', count) })),
          )
          .compile(),
      );
    },
    async reconcile(thingName, open) {
      const gone = update(thingName, { closed_at: now(), pending: null }).where('closed_at', 'is', null);
      const ids = open.map(({ id }) => id);
      const closing = ids.length === 0 ? gone : gone.where('stream_id', 'not in', ids);
      const opening = open.map((facts) => {
        const { monitoring_id, interval_seconds, max_values, ...rest } = rowOf(thingName, facts);
        const told = { monitoring_id, interval_seconds, max_values };
        return query
          .insertInto('event_streams')
          .values({ ...rest, ...told })
          .onConflict((conflict) =>
            conflict.columns(['thing_name', 'stream_id']).doUpdateSet({ ...told, closed_at: null }),
          )
          .compile();
      });
      await write(thingName, closing.compile(), ...opening);
    },
    async list(thingName) {
      const rows = await query
        .selectFrom('event_streams')
        .selectAll()
        .where('thing_name', '=', thingName)
        .orderBy('stream_id')
        .limit(MAX_STREAMS)
        .execute();
      return rows.map(toStream);
    },
    remove: (thingName) =>
      write(thingName, query.deleteFrom('event_streams').where('thing_name', '=', thingName).compile()),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const toStream = (row: EventStreamRow): EventStream => ({
  id: row.stream_id,
  monitoringId: row.monitoring_id,
  intervalSeconds: row.interval_seconds,
  maxValues: row.max_values,
  openedAt: new Date(row.opened_at).toISOString(),
  closedAt: time(row.closed_at),
  lastAt: time(row.last_at),
  lastValue: row.last_value,
  pending: row.pending,
  received: row.received,
});

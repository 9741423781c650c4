import type { SecurityEvent } from '@cpo-console/shared/api/charge-point-events.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Database } from '../../database/database.ts';
import type { SecurityEventRow } from '../../database/tables/jobs.tables.ts';
import { newestFirst } from '../page-cursor.ts';
import { severityOf } from './severity.ts';

export interface SecurityEvents {
  /** Durable when resolved. @param event.at by the charge point's clock */
  add(event: { thingName: string; type: string; techInfo: string | null; at: number }): Promise<void>;
  /** The newest first, in the order in which they came. */
  list(query: { thingName: string; limit: number; cursor?: string }): Promise<Page<SecurityEvent>>;
  onChange(listener: (thingName: string) => void): () => void;
}

export interface SecurityEventsOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
  newId: () => string;
}

/** What charge points report about their own security. */
export function createSecurityEvents({ database, now, newId }: SecurityEventsOptions): SecurityEvents {
  const { query } = database;
  const listeners = new Set<(thingName: string) => void>();
  let lastPosition = 0;
  return {
    async add({ thingName, type, techInfo, at }) {
      lastPosition = Math.max(lastPosition + 1, now() * 1_000);
      // Rises, so that those of the same millisecond keep their order.
      const id = `${lastPosition}-${newId()}`;
      const row = { id, thing_name: thingName, type, tech_info: techInfo, at, received_at: now() };
      await database.write(query.insertInto('security_events').values(row).compile());
      for (const listener of listeners) listener(thingName);
    },
    async list({ thingName, limit, cursor }) {
      const select = query.selectFrom('security_events').selectAll().where('thing_name', '=', thingName);
      const { shown, nextCursor } = await newestFirst(select, 'received_at', { limit, cursor });
      return { items: shown.map(toEvent), nextCursor };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const toEvent = (row: SecurityEventRow): SecurityEvent => ({
  id: row.id,
  type: row.type,
  severity: severityOf(row.type),
  techInfo: row.tech_info,
  at: new Date(row.at).toISOString(),
  receivedAt: new Date(row.received_at).toISOString(),
});

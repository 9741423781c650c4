import type { AuditEntry } from '@cpo-console/shared/api/audit.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { sql } from 'kysely';
import { newestFirst } from '../charge-points/page-cursor.ts';
import type { Database } from '../database/database.ts';
import type { AuditRow } from '../database/tables/audit.tables.ts';

export interface AuditQuery {
  actor?: string | undefined;
  /** A part of the path or of the words, whatever its case. */
  about?: string | undefined;
  outcome?: 'done' | 'refused' | undefined;
  from?: number | undefined;
  to?: number | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Who did what, when and from where. It only grows: there is no way to change or to remove an entry. */
export interface AuditTrail {
  /** Durable when resolved. */
  add(entry: Omit<AuditEntry, 'id' | 'at'>): Promise<void>;
  /** The newest first. */
  list(query: AuditQuery): Promise<Page<AuditEntry>>;
}

export interface AuditTrailOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
  newId: () => string;
}

const FIRST_ERROR = 400;

export function createAuditTrail({ database, now, newId }: AuditTrailOptions): AuditTrail {
  const { query } = database;
  let lastPosition = 0;
  return {
    async add(entry) {
      const at = now();
      lastPosition = Math.max(lastPosition + 1, at * 1_000);
      const row = { ...entry, id: `${lastPosition}-${newId()}`, at, details: JSON.stringify(entry.details) };
      await database.write(query.insertInto('audit_trail').values(row).compile());
    },
    async list({ actor, about, outcome, from, to, limit, cursor }) {
      let select = query.selectFrom('audit_trail').selectAll();
      if (actor !== undefined) select = select.where('actor', '=', actor);
      if (from !== undefined) select = select.where('at', '>=', from);
      if (to !== undefined) select = select.where('at', '<', to);
      if (outcome !== undefined) select = select.where('status', outcome === 'done' ? '<' : '>=', FIRST_ERROR);
      if (about !== undefined) {
        const part = `%${about.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
        select = select.where(sql<boolean>`lower(path || ' ' || what || ' ' || details) like ${part} escape '\\'`);
      }
      const { shown, nextCursor } = await newestFirst(select, 'at', { limit, cursor });
      return { items: shown.map(toEntry), nextCursor };
    },
  };
}

const toEntry = ({ at, details, via, ...same }: AuditRow): AuditEntry => ({
  ...same,
  at: new Date(at).toISOString(),
  via: via as AuditEntry['via'],
  details: JSON.parse(details) as Record<string, string>,
});

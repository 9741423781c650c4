import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type Database from 'better-sqlite3';
import type { FramePlace } from '../journal/segment-format.ts';
import { DIRECTIONS, KINDS } from './day-file.ts';

/** As the day file has it, with the texts of its names. */
export interface StoredRow extends FramePlace {
  id: number;
  thing: string;
  connection: string;
  at: number;
  direction: number;
  kind: number;
  action: string | null;
  message_id: string | null;
  latency_ms: number | null;
  error_code: string | null;
  violations: string | null;
}

const COLUMNS = `m.id, t.text AS thing, c.text AS connection, m.at, m.direction, m.kind, a.text AS action,
  m.message_id, m.latency_ms, m.error_code, m.violations, m.segment, m.offset, m.bytes`;
export const FROM = `FROM message m JOIN name t ON t.id = m.thing JOIN name c ON c.id = m.connection LEFT JOIN name a ON a.id = m.action`;

export function toLogRow(stored: StoredRow, frame: string): LogRow {
  return {
    id: stored.id,
    thingName: stored.thing,
    connectionId: stored.connection,
    at: stored.at,
    direction: DIRECTIONS[stored.direction] ?? 'in',
    kind: KINDS[stored.kind] ?? 'malformed',
    action: stored.action,
    messageId: stored.message_id,
    frame,
    latencyMs: stored.latency_ms,
    errorCode: stored.error_code,
    violations: stored.violations === null ? null : JSON.parse(stored.violations),
  };
}

const byIds = new WeakMap<Database.Database, Database.Statement>();

/** In the order of the ids, and without those that are gone. One statement for all: running one costs more than its row. */
export function storedRows(file: Database.Database, ids: readonly number[]): StoredRow[] {
  const select =
    byIds.get(file) ?? file.prepare(`SELECT ${COLUMNS} ${FROM} WHERE m.id IN (SELECT value FROM json_each(?))`);
  byIds.set(file, select);
  const found = new Map((select.all(JSON.stringify(ids)) as StoredRow[]).map((row) => [row.id, row]));
  return ids.map((id) => found.get(id)).filter((row) => row !== undefined);
}

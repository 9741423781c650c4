import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { DIRECTIONS, KINDS } from '../index/day-file.ts';

/** As PostgreSQL has it. */
export interface StoredMessage {
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
  frame: string;
}

export const COLUMNS = `m.id, m.thing, m.connection, m.at, m.direction, m.kind, m.action, m.message_id, m.latency_ms,
  m.error_code, m.violations, m.frame`;

export const toLogRow = (stored: StoredMessage): LogRow => ({
  id: stored.id,
  thingName: stored.thing,
  connectionId: stored.connection,
  at: stored.at,
  direction: DIRECTIONS[stored.direction] ?? 'in',
  kind: KINDS[stored.kind] ?? 'malformed',
  action: stored.action,
  messageId: stored.message_id,
  frame: stored.frame,
  latencyMs: stored.latency_ms,
  errorCode: stored.error_code,
  violations: stored.violations === null ? null : JSON.parse(stored.violations),
});

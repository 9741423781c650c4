import type { Command, CommandStatus } from '@cpo-console/shared/api/commands.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { CommandRow } from '../../database/tables/charge-points.tables.ts';
import { withoutSecrets } from './mask-secrets.ts';

/** A command as it is kept. Never changed in place. */
export interface CommandRecord {
  id: string;
  thingName: string;
  protocol: OcppVersion;
  action: string;
  /** As it is sent: only while it is still to be. */
  payload: unknown;
  maskedPayload: unknown;
  messageId: string | null;
  status: CommandStatus;
  /** Masked. */
  response: unknown;
  error: NonNullable<Command['error']> | null;
  createdAt: number;
  sentAt: number | null;
  answeredAt: number | null;
  expiresAt: number | null;
  timeoutMs: number;
  sentBy: string;
  /** The process that sends it and waits for its answer. */
  instance: string | null;
}

export function toRow(record: CommandRecord): CommandRow {
  return {
    id: record.id,
    thing_name: record.thingName,
    protocol: record.protocol,
    action: record.action,
    payload: JSON.stringify(record.maskedPayload),
    queued_payload: record.status === 'queued' ? JSON.stringify(record.payload) : null,
    message_id: record.messageId,
    status: record.status,
    response: record.response === undefined ? null : JSON.stringify(withoutSecrets(record.response)),
    error: record.error === null ? null : JSON.stringify(record.error),
    created_at: record.createdAt,
    sent_at: record.sentAt,
    answered_at: record.answeredAt,
    expires_at: record.expiresAt,
    timeout_ms: record.timeoutMs,
    sent_by: record.sentBy,
    instance: record.instance,
  };
}

export function toRecord(row: CommandRow): CommandRecord {
  const maskedPayload: unknown = JSON.parse(row.payload);
  return {
    id: row.id,
    thingName: row.thing_name,
    protocol: row.protocol as OcppVersion,
    action: row.action,
    payload: row.queued_payload === null ? maskedPayload : JSON.parse(row.queued_payload),
    maskedPayload,
    messageId: row.message_id,
    status: row.status as CommandStatus,
    response: row.response === null ? undefined : JSON.parse(row.response),
    error: row.error === null ? null : (JSON.parse(row.error) as NonNullable<Command['error']>),
    createdAt: row.created_at,
    sentAt: row.sent_at,
    answeredAt: row.answered_at,
    expiresAt: row.expires_at,
    timeoutMs: row.timeout_ms,
    sentBy: row.sent_by,
    instance: row.instance,
  };
}

export function toCommand(record: CommandRecord): Command {
  return {
    id: record.id,
    thingName: record.thingName,
    action: record.action,
    payload: record.maskedPayload,
    messageId: record.messageId,
    status: record.status,
    ...(record.response === undefined ? {} : { response: withoutSecrets(record.response) }),
    ...(record.error === null ? {} : { error: record.error }),
    createdAt: new Date(record.createdAt).toISOString(),
    sentAt: record.sentAt === null ? null : new Date(record.sentAt).toISOString(),
    answeredAt: record.answeredAt === null ? null : new Date(record.answeredAt).toISOString(),
    expiresAt: record.expiresAt === null ? null : new Date(record.expiresAt).toISOString(),
    sentBy: record.sentBy,
  };
}

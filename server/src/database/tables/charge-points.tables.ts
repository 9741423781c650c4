/** Times are milliseconds since the epoch. `active`, `start_seen` and `offline` are 0 or 1. */
export interface TransactionRow {
  id: string;
  thing_name: string;
  /** The one on the wire: in 1.6 the decimal digits of the number. Unique within the thing. */
  transaction_id: string;
  protocol: string;
  evse_id: number | null;
  connector_id: number | null;
  id_token: string | null;
  /** `id_token` as it is compared: without regard to case. */
  id_token_key: string | null;
  started_at: number;
  stopped_at: number | null;
  stop_reason: string | null;
  meter_start: number | null;
  meter_stop: number | null;
  energy_wh: number | null;
  power_w: number | null;
  charging_state: string | null;
  active: number;
  closed_by: string | null;
  start_trigger: string | null;
  stop_trigger: string | null;
  stop_id_token: string | null;
  remote_start_id: number | null;
  charging_seconds: number | null;
  offline: number;
  last_event_at: number;
  last_meter_at: number | null;
  start_seen: number;
  /** 1.6: what makes a StartTransaction a repetition of an earlier one. */
  start_key: string | null;
  /** 2.x: the sequence numbers seen, as JSON ranges, see sequence-ranges.ts. */
  seen_seq: string;
  /** By our clock. null in sessions from before these were kept. */
  first_received_at: number | null;
  last_received_at: number | null;
}

/** One row: until when the progress of sessions is in their rows. `id` is 1. */
export interface SessionProgressRow {
  id: number;
  /** Milliseconds since the epoch. */
  written_until: number;
}

/**
 * Readings of sessions that have ended; those of a running one are in the message log. `content` is a `meterValue` array
 * as on the wire.
 */
export interface MeterValuesRow {
  /** `transactions.id` */
  transaction_ref: string;
  thing_name: string;
  evse_id: number | null;
  connector_id: number | null;
  received_at: number;
  content: string;
}

export interface IdTokenRow {
  token_key: string;
  id_token: string;
  type: string;
  status: string;
  expires_at: number | null;
  group_id_token: string | null;
  concurrent_limit: number | null;
  language: string | null;
  note: string | null;
  created_at: number;
  updated_at: number;
}

/** `payload`, `response` and `error` are JSON with secrets masked. */
export interface CommandRow {
  id: string;
  thing_name: string;
  protocol: string;
  action: string;
  payload: string;
  /** What is to be sent, unmasked: only while the command is queued. */
  queued_payload: string | null;
  message_id: string | null;
  status: string;
  response: string | null;
  error: string | null;
  created_at: number;
  sent_at: number | null;
  answered_at: number | null;
  /** Until when a queued one may be sent. */
  expires_at: number | null;
  timeout_ms: number;
  sent_by: string;
  /** The process that waits for its answer. */
  instance: string | null;
}

export interface ChargePointsTables {
  transactions: TransactionRow;
  session_progress: SessionProgressRow;
  meter_values: MeterValuesRow;
  id_tokens: IdTokenRow;
  commands: CommandRow;
}

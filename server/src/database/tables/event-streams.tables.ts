/** OCPP 2.1: a periodic stream of values. Times are milliseconds since the epoch. */
export interface EventStreamRow {
  thing_name: string;
  stream_id: number;
  /** null: values came without an announcement. */
  monitoring_id: number | null;
  interval_seconds: number | null;
  max_values: number | null;
  opened_at: number;
  closed_at: number | null;
  last_at: number | null;
  last_value: string | null;
  pending: number | null;
  received: number;
}

export interface EventStreamsTables {
  event_streams: EventStreamRow;
}

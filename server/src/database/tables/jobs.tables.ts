/** Firmware updates and log uploads. Times are milliseconds since the epoch. */
export interface JobRow {
  /** Of the command that asked for it; its own where the charge point began by itself. */
  id: string;
  thing_name: string;
  protocol: string;
  action: string;
  request_id: number | null;
  /** JSON with secrets masked; null when nobody asked. */
  request: string | null;
  requested_by: string | null;
  status: string;
  created_at: number;
  updated_at: number;
  /** The one of ours that the charge point is to fetch. */
  firmware_file_id: string | null;
}

export interface JobHistoryRow {
  job_id: string;
  /** Rises within a job. */
  position: number;
  at: number;
  status: string;
  /** `charge-point` or `console`. */
  source: string;
  info: string | null;
}

export interface SecurityEventRow {
  id: string;
  thing_name: string;
  type: string;
  tech_info: string | null;
  /** By the charge point's clock. */
  at: number;
  received_at: number;
}

export interface JobsTables {
  jobs: JobRow;
  job_history: JobHistoryRow;
  security_events: SecurityEventRow;
}

/** The state of a charge point as it stood after the log row `log_id`: a shortcut for folding the log after a start. */
export interface LiveStateRow {
  thing_name: string;
  /** A ChargePointState as JSON, with an empty configuration. */
  state: string;
  /** Its configuration as JSON: large, and seldom changed. */
  configuration: string;
  log_id: number;
}

/** One row: every charge point's state stands at this log row or later. */
export interface LiveStateProgressRow {
  id: number;
  log_id: number;
}

export interface LiveStateTables {
  live_states: LiveStateRow;
  live_state_progress: LiveStateProgressRow;
}

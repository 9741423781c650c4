/** A log that is or was run again. Times are milliseconds since the epoch. */
export interface ReplayRow {
  id: string;
  started_at: number;
  /** JSON of a Rerun. */
  body: string;
}

export interface ReplayDifferenceRow {
  replay_id: string;
  /** From 1. */
  position: number;
  /** JSON of a RerunDifference. */
  body: string;
}

/** What somebody wrote about a moment of a log. */
export interface AnnotationRow {
  id: string;
  thing_name: string;
  /** Empty for the live log. */
  import_id: string;
  at: number;
  /** The row of the log that it stands at. */
  message_id: number | null;
  text: string;
  created_at: number;
  created_by: string;
  edited_at: number | null;
}

export interface ReplaysTables {
  replays: ReplayRow;
  replay_differences: ReplayDifferenceRow;
  annotations: AnnotationRow;
}

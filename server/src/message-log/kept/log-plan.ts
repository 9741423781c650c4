/** Milliseconds since the epoch: from, inclusive, to, exclusive. */
export interface PinnedRange {
  thingName: string;
  from: number;
  to: number;
}

/** What is to be left of the log. */
export interface LogPlan {
  /** Days before that of this time go; null: none. */
  before: number | null;
  /** Rows that stay nevertheless. */
  pinned: readonly PinnedRange[];
}

export interface LogSizes {
  rows: number;
  /** On disk, frames and index. */
  bytes: number;
  /** Of the oldest row, milliseconds since the epoch. */
  oldestAt: number | null;
  /** Of pinned rows whose day has gone. */
  pinned: { rows: number; bytes: number };
}

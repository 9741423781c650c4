/** What is kept for a time of its own. */
export const RETENTION_KINDS = [
  'messages',
  'sessions',
  'commands',
  'bulk-commands',
  'jobs',
  'security-events',
  'log-files',
  'imports',
] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

export interface RetentionItem {
  kind: RetentionKind;
  /** null: for good. */
  days: number | null;
  rows: number;
  /** On disk; null where it is a part of the database. */
  bytes: number | null;
  oldestAt: string | null;
  /** null: as it came. */
  changedAt: string | null;
  changedBy: string | null;
}

export interface RetentionRun {
  at: string;
  tookMs: number;
  removed: Record<RetentionKind, number>;
  /** What went wrong; it is tried again with the next run. */
  trouble: string | null;
}

export interface Retention {
  items: RetentionItem[];
  /** Frames that are kept beyond their time because they are pinned. */
  pinned: { rows: number; bytes: number };
  /** Of the database, on disk: all that has no size of its own is in it. */
  databaseBytes: number;
  running: boolean;
  lastRun: RetentionRun | null;
  nextRunAt: string;
}

/** Kinds that are to be kept for another time; null: for good. */
export type RetentionChanges = Partial<Record<RetentionKind, number | null>>;

/** A range of a charge point's log that outlives its time. */
export interface Pin {
  id: string;
  thingName: string;
  from: string;
  to: string;
  /** The session that it was made for. */
  transactionId: string | null;
  reason: string;
  pinnedAt: string;
  pinnedBy: string;
}

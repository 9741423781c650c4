/** How long a kind of thing is kept, where it is not as it came. Times are milliseconds since the epoch. */
export interface RetentionRow {
  kind: string;
  /** null: for good. */
  days: number | null;
  changed_at: number;
  changed_by: string;
}

/** A range of a charge point's log that pruning leaves alone. */
export interface PinRow {
  id: string;
  thing_name: string;
  from_at: number;
  /** Exclusive. */
  to_at: number;
  /** `transactions.id` */
  transaction_ref: string | null;
  reason: string;
  pinned_at: number;
  pinned_by: string;
}

export interface RetentionTables {
  retention: RetentionRow;
  pins: PinRow;
}

/** What charge points are told when they boot. An empty name: all that have nothing of their own. */
export interface BootRow {
  thing_name: string;
  /** Accepted, Pending, Rejected; null: as the fleet. */
  decision: string | null;
  retry_interval_seconds: number | null;
  /** What it was told last, unless that was Accepted. */
  told: string | null;
}

export interface BootsTables {
  boots: BootRow;
}

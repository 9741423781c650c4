/** How strictly frames are taken: one row per setting that somebody made. */
export interface ToleranceRow {
  scope: string;
  /** The thing name, the JSON of [vendor, model], or empty for the fleet. */
  name: string;
  mode: string;
  updated_at: number;
  updated_by: string;
}

export interface TolerancesTables {
  tolerances: ToleranceRow;
}

/** Something that is kept for a time. */
export interface Prunable {
  size(): Promise<{ rows: number; bytes: number | null; oldestAt: number | null }>;
  /**
   * Removes what is older, in steps that hold up nobody, and leaves what is pinned.
   * @param before milliseconds since the epoch; null: everything stays
   * @returns how many
   */
  prune(before: number | null): Promise<number>;
}

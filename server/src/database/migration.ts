import type { Compilable, Kysely } from 'kysely';

/**
 * One step forward. Its statements run in one transaction together with the note that it ran, so that an interrupted
 * migration has done nothing and is simply run again at the next start.
 * Never change one that has been released; add the next.
 */
export interface Migration {
  /** As its file is named. */
  name: string;
  /** What to execute, in order. It can't read first: move data with `insert … select`. */
  statements(query: Kysely<unknown>): Compilable[];
}

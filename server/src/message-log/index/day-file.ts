import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { FrameReader } from './frame-reader.ts';
import { SIGNATURE_TABLES } from './signature-store.ts';

/**
 * The index has a SQLite file for each UTC day: the indexes stay small enough to be quick at any number of rows, and
 * retention removes a file instead of deleting rows.
 */
const NAME = /^(\d{4}-\d{2}-\d{2})\.sqlite$/;

export interface OpenDay {
  file: Database.Database;
  /** Where the frames of its rows are. */
  frames: FrameReader;
}

/** Clocks are set back now and then: what is late by at most this much is still found at its place. */
export const CLOCK_SLACK_MS = 120_000;

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
export const dayFilePath = (folder: string, day: string): string => join(folder, `${day}.sqlite`);

/** Days that have a file, oldest first. */
export function listDays(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => NAME.exec(name)?.[1])
    .filter((day) => day !== undefined)
    .sort();
}

/** Directions and kinds are stored as their place in these lists: never reorder. */
export const DIRECTIONS = ['in', 'out'] as const;
export const KINDS = ['call', 'result', 'error', 'send', 'event', 'malformed'] as const;

const TABLES = `
CREATE TABLE IF NOT EXISTS name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS message (
  id INTEGER PRIMARY KEY,
  thing INTEGER NOT NULL,
  connection INTEGER NOT NULL,
  at INTEGER NOT NULL,
  direction INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  action INTEGER,
  message_id TEXT,
  latency_ms INTEGER,
  error_code TEXT,
  violations TEXT,
  segment INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  bytes INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS reached (id INTEGER PRIMARY KEY CHECK (id = 1), segment INTEGER NOT NULL, bytes INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS tick (at INTEGER PRIMARY KEY, id INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS message_by_thing ON message (thing, id, action);
CREATE INDEX IF NOT EXISTS message_by_message_id ON message (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS message_by_action ON message (action);
CREATE INDEX IF NOT EXISTS message_by_error ON message (error_code) WHERE error_code IS NOT NULL;
CREATE INDEX IF NOT EXISTS message_with_violations ON message (id) WHERE violations IS NOT NULL;
`;

/**
 * A row without its frame, which stays where the journal wrote it: `segment`, `offset` and `bytes` say where. `reached` is
 * the place in the journal up to which rows are indexed.
 *
 * Ids rise with time, so every index is in the order of a page by itself. The index of things has the action too, so that
 * rows of other actions are passed over without being read; `id` in between keeps the order. `tick` knows for each second the first id that
 * was written then: a time range becomes a range of ids.
 *
 * Things, connections and actions are repeated in nearly every row; `name` holds each text once.
 */
export function openDayFile(folder: string, day: string, mode: 'write' | 'read'): Database.Database {
  const file = new Database(dayFilePath(folder, day), { readonly: mode === 'read' });
  if (mode === 'write') {
    file.pragma('journal_mode = WAL');
    // Around midnight two files take part: were the first one's commit lost and not the second's, rows would be missing.
    file.pragma('synchronous = FULL');
    file.exec(TABLES + SIGNATURE_TABLES);
  }
  file.pragma('cache_size = -8000');
  return file;
}

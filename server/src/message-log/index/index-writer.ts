import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type Database from 'better-sqlite3';
import { DIRECTIONS, dayOf, KINDS, listDays, openDayFile } from './day-file.ts';

const NAMES_CACHED = 50_000;

interface OpenDay {
  day: string;
  file: Database.Database;
  insert: Database.Statement;
  addTick: Database.Statement;
  addName: Database.Statement;
  findName: Database.Statement;
  names: Map<string, number>;
}

/** Puts rows into the file of their day. Rows come in the order of their ids; known ids are passed over. */
export class IndexWriter {
  readonly #folder: string;
  /** Today's, and for a moment around midnight another. */
  readonly #open = new Map<string, OpenDay>();
  #lastId: number;

  constructor(folder: string) {
    this.#folder = folder;
    this.#lastId = newestIndexedId(folder);
  }

  get lastId(): number {
    return this.#lastId;
  }

  write(rows: readonly LogRow[]): void {
    const fresh = rows.filter((row) => row.id > this.#lastId);
    for (const [day, ofDay] of Map.groupBy(fresh, (row) => dayOf(row.at))) {
      const open = this.#dayFor(day);
      open.file.transaction(() => {
        const first = ofDay[0];
        if (first) open.addTick.run(Math.floor(first.at / 1000) * 1000, first.id);
        for (const row of ofDay) insertRow(open, row);
      })();
    }
    this.#lastId = fresh.at(-1)?.id ?? this.#lastId;
  }

  close(): void {
    for (const { file } of this.#open.values()) file.close();
    this.#open.clear();
  }

  #dayFor(day: string): OpenDay {
    const known = this.#open.get(day);
    if (known) return known;
    if (this.#open.size > 1) this.close();
    const file = openDayFile(this.#folder, day, 'write');
    const opened: OpenDay = {
      day,
      file,
      insert: file.prepare('INSERT OR IGNORE INTO message VALUES (?,?,?,?,?,?,?,?,?,?,?,?)'),
      addTick: file.prepare('INSERT INTO tick VALUES (?, ?) ON CONFLICT DO NOTHING'),
      addName: file.prepare('INSERT INTO name (text) VALUES (?) ON CONFLICT DO NOTHING'),
      findName: file.prepare('SELECT id FROM name WHERE text = ?').pluck(),
      names: new Map(),
    };
    this.#open.set(day, opened);
    return opened;
  }
}

function insertRow(open: OpenDay, row: LogRow): void {
  open.insert.run(
    row.id,
    nameId(open, row.thingName),
    nameId(open, row.connectionId),
    row.at,
    DIRECTIONS.indexOf(row.direction),
    KINDS.indexOf(row.kind),
    row.action === null ? null : nameId(open, row.action),
    row.messageId,
    row.latencyMs,
    row.errorCode,
    row.violations === null ? null : JSON.stringify(row.violations),
    row.frame,
  );
}

function nameId(open: OpenDay, text: string): number {
  const known = open.names.get(text);
  if (known !== undefined) return known;
  open.addName.run(text);
  const id = open.findName.get(text) as number;
  // A name seen in a transaction that rolls back would be wrong here, but then the worker starts anew.
  if (open.names.size >= NAMES_CACHED) open.names.clear();
  open.names.set(text, id);
  return id;
}

function newestIndexedId(folder: string): number {
  let newest = 0;
  for (const day of listDays(folder).slice(-2)) {
    const file = openDayFile(folder, day, 'write');
    newest = Math.max(newest, (file.prepare('SELECT max(id) FROM message').pluck().get() as number | null) ?? 0);
    file.close();
  }
  return newest;
}

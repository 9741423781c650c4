import { rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { JournalPosition } from '../journal/journal.ts';
import type { IndexedRow, SegmentPart } from '../journal/segment-format.ts';
import { CLOCK_SLACK_MS, DIRECTIONS, dayFilePath, dayOf, KINDS, listDays, openDayFile } from './day-file.ts';
import { FrameReader } from './frame-reader.ts';
import type { IndexFolders } from './protocol.ts';
import { SignatureBuilder, type SignedGroup } from './signature.ts';
import { createSignatureInserter, joinGroups, lastPlace, unsignedTail } from './signature-store.ts';
import { whereItStood } from './where-it-stood.ts';

const NAMES_CACHED = 50_000;
const DAY_MS = 86_400_000;

interface OpenDay {
  day: string;
  file: Database.Database;
  insert: Database.Statement;
  addTick: Database.Statement;
  setReached: Database.Statement;
  addName: Database.Statement;
  findName: Database.Statement;
  addSignature: (group: SignedGroup) => void;
  names: Map<string, number>;
}

/** Puts rows into the file of their day. Rows come in the order of their ids; known ids are passed over. */
export class IndexWriter {
  readonly #folder: string;
  readonly #journal: string;
  /** Today's, and for a moment around midnight another. */
  readonly #open = new Map<string, OpenDay>();
  #newestDayNumber: number;
  #lastId: number;
  #reached: JournalPosition;
  readonly #signatures = new SignatureBuilder();
  /** Of the rows that are being signed. */
  #signedDay: string | null = null;

  constructor({ index: folder, journal }: Pick<IndexFolders, 'index' | 'journal'>) {
    this.#folder = folder;
    this.#journal = journal;
    const newestDay = listDays(folder).at(-1);
    this.#newestDayNumber = newestDay === undefined ? 0 : Date.parse(newestDay) / DAY_MS;
    const { lastId, reached } = whereItStood(folder);
    this.#lastId = lastId;
    this.#reached = reached;
    if (newestDay !== undefined) this.#resumeSignatures(newestDay);
  }

  get lastId(): number {
    return this.#lastId;
  }

  /** What is indexed of the journal: everything before this place. */
  get reached(): JournalPosition {
    return this.#reached;
  }

  /**
   * @param end where the journal stands after these rows
   * @param source where their frames are
   */
  write(rows: readonly IndexedRow[], end: JournalPosition, source: SegmentPart): void {
    const runs = this.#runsOfDays(rows.filter((row) => row.id > this.#lastId));
    try {
      for (const run of runs) {
        this.#writeDay(run, run === runs.at(-1) ? end : null, source);
        this.#lastId = run.rows.at(-1)?.id ?? this.#lastId;
      }
    } catch (error) {
      // What was rolled back comes again.
      if (this.#signedDay !== null) this.#resumeSignatures(this.#signedDay);
      throw error;
    }
    this.#lastId = Math.max(this.#lastId, rows.at(-1)?.id ?? 0);
    this.#reached = end;
  }

  #writeDay(
    { day, rows }: { day: string; rows: IndexedRow[] },
    end: JournalPosition | null,
    source: SegmentPart,
  ): void {
    if (day !== this.#signedDay) this.#endSignatures({ isOver: true });
    this.#signedDay = day;
    const open = this.#dayFor(day);
    open.file.transaction(() => {
      const first = rows[0];
      if (first) open.addTick.run(Math.floor(first.at / 1000) * 1000, first.id);
      for (const row of rows) {
        insertRow(open, row);
        const begin = row.offset - source.position;
        const signed = this.#signatures.add(row.id, { bytes: source.bytes, begin, end: begin + row.bytes });
        if (signed !== null) open.addSignature(signed);
      }
      if (end !== null) open.setReached.run(end.segment, end.bytes);
    })();
  }

  /** Goes on after the last rows that are signed: what was to be signed with those that follow was lost. */
  #resumeSignatures(day: string): void {
    this.#signatures.reset();
    this.#signedDay = day;
    const frames = new FrameReader(this.#journal);
    try {
      const { file, addSignature } = this.#dayFor(day);
      const groups: SignedGroup[] = [];
      const last = lastPlace(file);
      if (last === undefined) return;
      for (const place of unsignedTail(file)) {
        const bytes = Buffer.from(frames.readAhead(place, last));
        const signed = this.#signatures.add(place.id, { bytes, begin: 0, end: bytes.length });
        if (signed !== null) groups.push(signed);
      }
      file.transaction(() => groups.forEach(addSignature))();
    } catch {
      // Searches read what is not signed: no reason not to write.
      this.#signatures.reset();
    } finally {
      frames.close();
    }
  }

  /** @param isOver hardly a row will come to the day any more */
  #endSignatures({ isOver }: { isOver: boolean }): void {
    const signed = this.#signatures.take();
    if (this.#signedDay === null || (signed === null && !isOver)) return;
    const { file, addSignature } = this.#dayFor(this.#signedDay);
    file.transaction(() => {
      if (signed !== null) addSignature(signed);
      if (isOver) joinGroups(file);
    })();
  }

  removeDay(day: string): void {
    if (day === this.#signedDay) {
      this.#signatures.reset();
      this.#signedDay = null;
    }
    this.#closeFiles();
    for (const ending of ['', '-wal', '-shm']) rmSync(dayFilePath(this.#folder, day) + ending, { force: true });
  }

  /** The oldest segment that a row is in; null when there is no row. */
  oldestSegment(): number | null {
    // Of two days, as the clock may have been set back at midnight.
    const days = listDays(this.#folder).slice(0, 2);
    const segments = days.map((day) => oldestSegment(this.#dayFor(day).file));
    return segments.length === 0 ? null : Math.min(...segments);
  }

  close(): void {
    this.#endSignatures({ isOver: false });
    this.#closeFiles();
  }

  #closeFiles(): void {
    for (const { file } of this.#open.values()) file.close();
    this.#open.clear();
  }

  /** The rows in their order, cut where the day changes. */
  #runsOfDays(rows: readonly IndexedRow[]): { day: string; rows: IndexedRow[] }[] {
    const runs: { day: string; rows: IndexedRow[] }[] = [];
    let dayNumber: number | null = null;
    for (const row of rows) {
      const number = this.#dayNumberOf(row.at);
      if (number !== dayNumber) runs.push({ day: dayOf(number * DAY_MS), rows: [] });
      dayNumber = number;
      runs.at(-1)?.rows.push(row);
    }
    return runs;
  }

  /** A clock that is set back over midnight does not go back to yesterday's file: pages read files in the order of ids. */
  #dayNumberOf(at: number): number {
    const isJustBefore = Math.floor((at + CLOCK_SLACK_MS) / DAY_MS) === this.#newestDayNumber;
    const number = isJustBefore ? this.#newestDayNumber : Math.floor(at / DAY_MS);
    this.#newestDayNumber = Math.max(this.#newestDayNumber, number);
    return number;
  }

  #dayFor(day: string): OpenDay {
    const known = this.#open.get(day);
    if (known) return known;
    if (this.#open.size > 1) this.#closeFiles();
    const file = openDayFile(this.#folder, day, 'write');
    const opened: OpenDay = {
      day,
      file,
      insert: file.prepare('INSERT INTO message VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)'),
      addTick: file.prepare('INSERT INTO tick VALUES (?, ?) ON CONFLICT DO NOTHING'),
      setReached: file.prepare('INSERT OR REPLACE INTO reached VALUES (1, ?, ?)'),
      addName: file.prepare('INSERT INTO name (text) VALUES (?) ON CONFLICT DO NOTHING'),
      findName: file.prepare('SELECT id FROM name WHERE text = ?').pluck(),
      addSignature: createSignatureInserter(file),
      names: new Map(),
    };
    this.#open.set(day, opened);
    return opened;
  }
}

function insertRow(open: OpenDay, row: IndexedRow): void {
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
    row.segment,
    row.offset,
    row.bytes,
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

/** Rows come in the order of the journal. */
const oldestSegment = (file: Database.Database): number =>
  (file.prepare('SELECT segment FROM message ORDER BY id LIMIT 1').pluck().get() as number | undefined) ??
  Number.POSITIVE_INFINITY;

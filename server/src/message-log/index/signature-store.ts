import type Database from 'better-sqlite3';
import type { FramePlace } from '../journal/segment-format.ts';
import { blocksWith, type SignedGroup, SLICES } from './signature.ts';

export const SIGNATURE_TABLES = `
CREATE TABLE IF NOT EXISTS signature (id INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, ends TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS signature_bits (id INTEGER PRIMARY KEY, bits BLOB NOT NULL);
`;

/** Ids, both inclusive. */
export interface IdRange {
  first: number;
  last: number;
}

export function createSignatureInserter(file: Database.Database): (group: SignedGroup) => void {
  const insert = file.prepare('INSERT INTO signature (first, last, ends) VALUES (?, ?, ?)');
  const insertBits = file.prepare('INSERT INTO signature_bits VALUES (?, ?)');
  return ({ first, last, ends, bits }) => {
    const { lastInsertRowid } = insert.run(first, last, JSON.stringify(ends));
    for (const [index, slice] of bits.entries()) insertBits.run(Number(lastInsertRowid) * SLICES + index, slice);
  };
}

/** The rows after the last that are signed. */
export function unsignedTail(file: Database.Database): IterableIterator<FramePlace & { id: number }> {
  return file
    .prepare(
      `SELECT id, segment, offset, bytes FROM message
      WHERE id > coalesce((SELECT max(last) FROM signature), 0) ORDER BY id`,
    )
    .iterate() as IterableIterator<FramePlace & { id: number }>;
}

/**
 * The parts of a range whose rows may have all of the bits, in order. What is not signed — the newest rows, and those of a
 * time before a restart — may.
 */
export function* candidates(
  file: Database.Database,
  range: IdRange,
  { bits, order }: { bits: readonly number[]; order: 'asc' | 'desc' },
): Generator<IdRange> {
  const groups = signedIn(file, range);
  const slice = file.prepare('SELECT bits FROM signature_bits WHERE id = ?').pluck();
  const pieces = [...withGaps(groups, range)];
  if (order === 'desc') pieces.reverse();
  for (const { group, ...piece } of pieces) {
    if (group === null) {
      yield piece;
      continue;
    }
    const has = blocksWith(bits, (index) => slice.get(group.id * SLICES + index) as Buffer | undefined);
    const found = runsOf(group, has).map((run) => within(run, piece));
    yield* (order === 'desc' ? found.reverse() : found).filter(({ first, last }) => first <= last);
  }
}

interface StoredGroup extends IdRange {
  id: number;
  ends: string;
}

/** A file of before there were signatures has none. */
function signedIn(file: Database.Database, { first, last }: IdRange): StoredGroup[] {
  const exists = file.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'signature'`).get();
  if (exists === undefined) return [];
  const sql = 'SELECT id, first, last, ends FROM signature WHERE last >= ? AND first <= ? ORDER BY first';
  return file.prepare(sql).all(first, last) as StoredGroup[];
}

function* withGaps(groups: readonly StoredGroup[], range: IdRange): Generator<IdRange & { group: StoredGroup | null }> {
  let next = range.first;
  for (const group of groups) {
    if (group.first > next) yield { first: next, last: group.first - 1, group: null };
    yield { ...within(group, range), group };
    next = group.last + 1;
  }
  if (next <= range.last) yield { first: next, last: range.last, group: null };
}

function runsOf({ first, ends }: StoredGroup, has: readonly boolean[]): IdRange[] {
  const runs: IdRange[] = [];
  let from = first;
  (JSON.parse(ends) as number[]).forEach((end, block) => {
    const last = first + end;
    const before = runs.at(-1);
    if (has[block] && before?.last === from - 1) before.last = last;
    else if (has[block]) runs.push({ first: from, last });
    from = last + 1;
  });
  return runs;
}

const within = (range: IdRange, bounds: IdRange): IdRange => ({
  first: Math.max(range.first, bounds.first),
  last: Math.min(range.last, bounds.last),
});

import type Database from 'better-sqlite3';
import type { FramePlace } from '../journal/segment-format.ts';
import { addBlock, BITS, BYTES_PER_BIT, blocksWith, hasBlock, type SignedGroup } from './signature.ts';

/**
 * Of the groups that come from the writer a row of `signed_bits` has many bits, which is quick to write. Searches want few bits
 * of many blocks: groups are joined when there are so many, and then a row has one bit of all their blocks.
 */
export const SIGNATURE_TABLES = `
CREATE TABLE IF NOT EXISTS signed (
  id INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, ends TEXT NOT NULL, joined INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS signed_bits (id INTEGER PRIMARY KEY, bits BLOB NOT NULL);
`;
/** Four rows of `signed_bits` fill a page then. */
const JOINED_AT_ONCE = 30;
const BITS_PER_ROW = 128;

/** Ids, both inclusive. */
export interface IdRange {
  first: number;
  last: number;
}

interface StoredGroup extends IdRange {
  id: number;
  ends: string;
  joined: number;
}

const endsOf = ({ ends }: StoredGroup): number[] => JSON.parse(ends) as number[];

export function createSignatureInserter(file: Database.Database): (group: SignedGroup) => void {
  const insert = file.prepare('INSERT INTO signed (first, last, ends, joined) VALUES (?, ?, ?, 0)');
  const insertBits = file.prepare('INSERT INTO signed_bits VALUES (?, ?)');
  const count = file.prepare('SELECT count(*) FROM signed WHERE joined = 0').pluck();
  return ({ first, last, ends, bits }) => {
    const { lastInsertRowid } = insert.run(first, last, JSON.stringify(ends));
    for (let bit = 0; bit < BITS; bit += BITS_PER_ROW) {
      const some = bits.subarray(bit * BYTES_PER_BIT, (bit + BITS_PER_ROW) * BYTES_PER_BIT);
      insertBits.run(Number(lastInsertRowid) * BITS + bit, some);
    }
    if ((count.get() as number) >= JOINED_AT_ONCE) joinGroups(file);
  };
}

/** All that are not joined become one group, in a transaction of the caller's. */
export function joinGroups(file: Database.Database): void {
  const groups = file.prepare('SELECT * FROM signed WHERE joined = 0 ORDER BY first').all() as StoredGroup[];
  if (groups.length < 2) return;
  const span = { first: groups[0]?.first ?? 0, last: groups.at(-1)?.last ?? 0 };
  const parts = withGaps(groups, span).map(({ group, first, last }) => ({
    id: group?.id ?? null,
    ends: toWholeBytes(group === null ? [last - first] : endsOf(group)).map((end) => first - span.first + end),
  }));
  const insert = file.prepare('INSERT INTO signed (first, last, ends, joined) VALUES (?, ?, ?, 1)');
  const ends = JSON.stringify(parts.flatMap((part) => part.ends));
  const { lastInsertRowid } = insert.run(span.first, span.last, ends);
  const select = file.prepare('SELECT bits FROM signed_bits WHERE id = ?').pluck();
  const insertBits = file.prepare('INSERT INTO signed_bits VALUES (?, ?)');
  for (let row = 0; row < BITS; row += BITS_PER_ROW) {
    const rows = parts.map(({ id }) => (id === null ? null : (select.get(id * BITS + row) as Buffer)));
    for (let bit = 0; bit < BITS_PER_ROW; bit += 1) {
      const at = bit * BYTES_PER_BIT;
      const blocks = parts.map((part, index) => rows[index]?.subarray(at, at + part.ends.length / 8) ?? MAY_HAVE);
      insertBits.run(Number(lastInsertRowid) * BITS + row + bit, Buffer.concat(blocks));
    }
  }
  const remove = file.prepare('DELETE FROM signed WHERE id = ?');
  const removeBits = file.prepare('DELETE FROM signed_bits WHERE id BETWEEN ? AND ?');
  for (const { id } of groups) {
    remove.run(id);
    removeBits.run(id * BITS, id * BITS + BITS - 1);
  }
}

/** Of what is not signed between two groups: one block, and seven without rows. */
const MAY_HAVE = Buffer.of(1);

/** Blocks without rows after the last. */
const toWholeBytes = (ends: readonly number[]): number[] =>
  Array.from({ length: Math.ceil(ends.length / 8) * 8 }, (_, block) => ends[block] ?? ends.at(-1) ?? 0);

/** The rows after the last that are signed. */
export function unsignedTail(file: Database.Database): IterableIterator<FramePlace & { id: number }> {
  return file
    .prepare(
      `SELECT id, segment, offset, bytes FROM message
      WHERE id > coalesce((SELECT max(last) FROM signed), 0) ORDER BY id`,
    )
    .iterate() as IterableIterator<FramePlace & { id: number }>;
}

/** Of which rows in a range the frames may have all of the bits. What is not signed, the newest rows above all, may. */
export function createCandidates(file: Database.Database, range: IdRange, bits: readonly number[]) {
  const groups = signedIn(file, range);
  const select = groups.length === 0 ? null : file.prepare('SELECT bits FROM signed_bits WHERE id = ?').pluck();

  /** Nothing when the group was joined a moment ago: then any block may. */
  const blocksOf = ({ id, joined }: StoredGroup, bit: number): Buffer | undefined => {
    const within = joined === 1 ? 0 : bit % BITS_PER_ROW;
    const row = select?.get(id * BITS + bit - within) as Buffer | undefined;
    return joined === 1 ? row : row?.subarray(within * BYTES_PER_BIT, (within + 1) * BYTES_PER_BIT);
  };

  function runsOf(group: StoredGroup): IdRange[] {
    const ends = endsOf(group);
    const all = new Uint8Array(Math.ceil(ends.length / 8)).fill(255);
    const blocks = blocksWith(bits, all, (bit) => blocksOf(group, bit));
    const runs: IdRange[] = [];
    let from = group.first;
    ends.forEach((end, block) => {
      const last = group.first + end;
      const before = runs.at(-1);
      if (hasBlock(blocks, block) && before?.last === from - 1) before.last = last;
      else if (hasBlock(blocks, block) && from <= last) runs.push({ first: from, last });
      from = last + 1;
    });
    return runs;
  }

  function amongOf(group: StoredGroup, ids: readonly number[]): number[] {
    const ends = endsOf(group);
    const theirs = new Uint8Array(Math.ceil(ends.length / 8));
    let block = 0;
    const blockOf = ids.map((id) => {
      while ((ends[block] ?? Number.POSITIVE_INFINITY) < id - group.first) block += 1;
      addBlock(theirs, block);
      return block;
    });
    const blocks = blocksWith(bits, theirs, (bit) => blocksOf(group, bit));
    return ids.filter((_id, index) => hasBlock(blocks, blockOf[index] ?? 0));
  }

  return {
    /** The parts of a window whose rows may, in rising order. */
    runs: (window: IdRange): IdRange[] =>
      withGaps(groups, window).flatMap(({ group, ...piece }) => {
        const runs = group === null ? [piece] : runsOf(group).map((run) => within(run, piece));
        return runs.filter(({ first, last }) => first <= last);
      }),
    /** Those of the ids, which rise, whose rows may: fewer bits have to be read than for all rows around them. */
    among(ids: readonly number[]): number[] {
      const window = { first: ids[0] ?? 0, last: ids.at(-1) ?? -1 };
      let next = 0;
      return withGaps(groups, window).flatMap(({ group, last }) => {
        const begin = next;
        while (next < ids.length && (ids[next] as number) <= last) next += 1;
        const here = ids.slice(begin, next);
        return group === null || here.length === 0 ? here : amongOf(group, here);
      });
    },
  };
}

/** A file of before there were signatures has none. */
function signedIn(file: Database.Database, { first, last }: IdRange): StoredGroup[] {
  const exists = file.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'signed'`).get();
  if (exists === undefined) return [];
  const sql = 'SELECT * FROM signed WHERE last >= ? AND first <= ? ORDER BY first';
  return file.prepare(sql).all(first, last) as StoredGroup[];
}

function withGaps(groups: readonly StoredGroup[], range: IdRange): (IdRange & { group: StoredGroup | null })[] {
  const pieces: (IdRange & { group: StoredGroup | null })[] = [];
  let next = range.first;
  for (const group of groups.filter(({ first, last }) => last >= range.first && first <= range.last)) {
    if (group.first > next) pieces.push({ first: next, last: group.first - 1, group: null });
    pieces.push({ ...within(group, range), group });
    next = group.last + 1;
  }
  if (next <= range.last) pieces.push({ first: next, last: range.last, group: null });
  return pieces;
}

const within = (range: IdRange, bounds: IdRange): IdRange => ({
  first: Math.max(range.first, bounds.first),
  last: Math.min(range.last, bounds.last),
});

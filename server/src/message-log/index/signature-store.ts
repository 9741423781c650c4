import type Database from 'better-sqlite3';
import type { FramePlace } from '../journal/segment-format.ts';
import { BITS, BYTES_PER_BIT, blocksWith, type SignedGroup } from './signature.ts';
import { type IdRange, packEnds, runsWith, toWholeBytes, unpackEnds, withGaps, within } from './signed-blocks.ts';

/**
 * Of the groups that come from the writer a row of `signed_group_bits` has many bits, which is quick to write. Searches want few bits
 * of many blocks: groups are joined when there are so many, and then a row has one bit of all their blocks.
 */
export const SIGNATURE_TABLES = `
CREATE TABLE IF NOT EXISTS signed_group (
  id INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, ends BLOB NOT NULL, joined INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS signed_group_bits (id INTEGER PRIMARY KEY, bits BLOB NOT NULL);
`;
/** Four rows of `signed_group_bits` fill a page then. */
const JOINED_AT_ONCE = 30;
const BITS_PER_ROW = 128;

interface StoredGroup extends IdRange {
  id: number;
  joined: number;
}

/** None when the group was joined a moment ago. */
function endsOf(file: Database.Database, { id }: StoredGroup): number[] {
  const ends = file.prepare('SELECT ends FROM signed_group WHERE id = ?').pluck().get(id) as Buffer | undefined;
  return ends === undefined ? [] : unpackEnds(ends);
}

export function createSignatureInserter(file: Database.Database): (group: SignedGroup) => void {
  const insert = file.prepare('INSERT INTO signed_group (first, last, ends, joined) VALUES (?, ?, ?, 0)');
  const insertBits = file.prepare('INSERT INTO signed_group_bits VALUES (?, ?)');
  const count = file.prepare('SELECT count(*) FROM signed_group WHERE joined = 0').pluck();
  return ({ first, last, ends, bits }) => {
    const { lastInsertRowid } = insert.run(first, last, packEnds(ends));
    for (let bit = 0; bit < BITS; bit += BITS_PER_ROW) {
      const some = bits.subarray(bit * BYTES_PER_BIT, (bit + BITS_PER_ROW) * BYTES_PER_BIT);
      insertBits.run(Number(lastInsertRowid) * BITS + bit, some);
    }
    if ((count.get() as number) >= JOINED_AT_ONCE) joinGroups(file);
  };
}

/** All that are not joined become one group, in a transaction of the caller's. */
export function joinGroups(file: Database.Database): void {
  const groups = file
    .prepare('SELECT id, first, last, joined FROM signed_group WHERE joined = 0 ORDER BY first')
    .all() as StoredGroup[];
  if (groups.length < 2) return;
  const span = { first: groups[0]?.first ?? 0, last: groups.at(-1)?.last ?? 0 };
  const parts = withGaps(groups, span).map(({ group, first, last }) => ({
    id: group?.id ?? null,
    ends: toWholeBytes(group === null ? [last - first] : endsOf(file, group)).map((end) => first - span.first + end),
  }));
  const insert = file.prepare('INSERT INTO signed_group (first, last, ends, joined) VALUES (?, ?, ?, 1)');
  const ends = packEnds(parts.flatMap((part) => part.ends));
  const { lastInsertRowid } = insert.run(span.first, span.last, ends);
  const select = file.prepare('SELECT bits FROM signed_group_bits WHERE id = ?').pluck();
  const insertBits = file.prepare('INSERT INTO signed_group_bits VALUES (?, ?)');
  for (let row = 0; row < BITS; row += BITS_PER_ROW) {
    const rows = parts.map(({ id }) => (id === null ? null : (select.get(id * BITS + row) as Buffer)));
    for (let bit = 0; bit < BITS_PER_ROW; bit += 1) {
      const at = bit * BYTES_PER_BIT;
      const blocks = parts.map((part, index) => rows[index]?.subarray(at, at + part.ends.length / 8) ?? MAY_HAVE);
      insertBits.run(Number(lastInsertRowid) * BITS + row + bit, Buffer.concat(blocks));
    }
  }
  const remove = file.prepare('DELETE FROM signed_group WHERE id = ?');
  const removeBits = file.prepare('DELETE FROM signed_group_bits WHERE id BETWEEN ? AND ?');
  for (const { id } of groups) {
    remove.run(id);
    removeBits.run(id * BITS, id * BITS + BITS - 1);
  }
}

/** Of what is not signed between two groups: one block, and seven without rows. */
const MAY_HAVE = Buffer.of(1);

/** The rows after the last that are signed. */
export function unsignedTail(file: Database.Database): IterableIterator<FramePlace & { id: number }> {
  return file
    .prepare(
      `SELECT id, segment, offset, bytes FROM message
      WHERE id > coalesce((SELECT max(last) FROM signed_group), 0) ORDER BY id`,
    )
    .iterate() as IterableIterator<FramePlace & { id: number }>;
}

/** Of the newest row. */
export function lastPlace(file: Database.Database): FramePlace | undefined {
  return file.prepare('SELECT segment, offset, bytes FROM message ORDER BY id DESC LIMIT 1').get() as
    | FramePlace
    | undefined;
}

/** Of which rows in a range the frames may have all of the bits. What is not signed, the newest rows above all, may. */
export function createCandidates(file: Database.Database, range: IdRange, bits: readonly number[]) {
  const groups = signedIn(file, range);
  const select = groups.length === 0 ? null : file.prepare('SELECT bits FROM signed_group_bits WHERE id = ?').pluck();

  /** Nothing when the group was joined a moment ago: then any block may. */
  const blocksOf = ({ id, joined }: StoredGroup, bit: number): Buffer | undefined => {
    const within = joined === 1 ? 0 : bit % BITS_PER_ROW;
    const row = select?.get(id * BITS + bit - within) as Buffer | undefined;
    return joined === 1 ? row : row?.subarray(within * BYTES_PER_BIT, (within + 1) * BYTES_PER_BIT);
  };

  /** The parts of a group whose rows may. */
  function runsOf(group: StoredGroup): IdRange[] {
    const blocks = blocksWith(bits, (bit) => blocksOf(group, bit));
    if (blocks?.every((byte) => byte === 0)) return [];
    const ends = endsOf(file, group);
    if (blocks === null || ends.length === 0) return [group];
    return runsWith(blocks, group.first, ends);
  }

  /** The parts of a window whose rows may, in rising order. */
  const runs = (window: IdRange): IdRange[] =>
    withGaps(groups, window).flatMap(({ group, ...piece }) => {
      const found = group === null ? [piece] : runsOf(group).map((run) => within(run, piece));
      return found.filter(({ first, last }) => first <= last);
    });

  return {
    runs,
    /** Those of the ids, which rise, whose rows may. */
    among(ids: readonly number[]): number[] {
      let next = 0;
      return runs({ first: ids[0] ?? 0, last: ids.at(-1) ?? -1 }).flatMap(({ first, last }) => {
        while (next < ids.length && (ids[next] as number) < first) next += 1;
        const begin = next;
        while (next < ids.length && (ids[next] as number) <= last) next += 1;
        return ids.slice(begin, next);
      });
    },
  };
}

/** A file of before there were signatures has none. */
function signedIn(file: Database.Database, { first, last }: IdRange): StoredGroup[] {
  const exists = file.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'signed_group'`).get();
  if (exists === undefined) return [];
  const sql = 'SELECT id, first, last, joined FROM signed_group WHERE last >= ? AND first <= ? ORDER BY first';
  return file.prepare(sql).all(first, last) as StoredGroup[];
}

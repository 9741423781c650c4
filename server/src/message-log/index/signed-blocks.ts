import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { hasBlock } from './signature.ts';

/** Ids, both inclusive. */
export interface IdRange {
  first: number;
  last: number;
}

/** The last id of each block of a group, counted from its first. Nearly all blocks have the same length: packed they take little. */
export const packEnds = (ends: readonly number[]): Buffer =>
  deflateRawSync(JSON.stringify(ends.map((end, block) => end - (ends[block - 1] ?? -1))));

export function unpackEnds(packed: Uint8Array): number[] {
  let end = -1;
  return (JSON.parse(inflateRawSync(packed).toString()) as number[]).map((rows) => (end += rows));
}

/** Blocks without rows after the last. */
export const toWholeBytes = (ends: readonly number[]): number[] =>
  Array.from({ length: Math.ceil(ends.length / 8) * 8 }, (_, block) => ends[block] ?? ends.at(-1) ?? 0);

/** The ids of those blocks of a group, neighbours together. */
export function runsWith(blocks: Uint8Array, groupFirst: number, ends: readonly number[]): IdRange[] {
  const runs: IdRange[] = [];
  let from = groupFirst;
  ends.forEach((end, block) => {
    const last = groupFirst + end;
    const before = runs.at(-1);
    if (hasBlock(blocks, block) && before?.last === from - 1) before.last = last;
    else if (hasBlock(blocks, block) && from <= last) runs.push({ first: from, last });
    from = last + 1;
  });
  return runs;
}

/** A range cut into the parts of groups, which rise, and what is between them. */
export function withGaps<G extends IdRange>(groups: readonly G[], range: IdRange): (IdRange & { group: G | null })[] {
  const pieces: (IdRange & { group: G | null })[] = [];
  let next = range.first;
  for (const group of groups.filter(({ first, last }) => last >= range.first && first <= range.last)) {
    if (group.first > next) pieces.push({ first: next, last: group.first - 1, group: null });
    pieces.push({ ...within(group, range), group });
    next = group.last + 1;
  }
  if (next <= range.last) pieces.push({ first: next, last: range.last, group: null });
  return pieces;
}

export const within = (range: IdRange, bounds: IdRange): IdRange => ({
  first: Math.max(range.first, bounds.first),
  last: Math.min(range.last, bounds.last),
});

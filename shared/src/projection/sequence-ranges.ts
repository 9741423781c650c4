/** Numbers that were seen, as rising ranges, both ends included: `[[0, 57], [60, 60]]`. */
export type SequenceRanges = readonly (readonly [number, number])[];

/** More gaps than this are not remembered: the oldest ones count as seen. */
const MAX_RANGES = 128;

export function hasSequence(ranges: SequenceRanges, number: number): boolean {
  return ranges.some(([from, to]) => number >= from && number <= to);
}

/** Those that should have come between others. */
export const gapsIn = (ranges: SequenceRanges): SequenceRanges =>
  ranges.slice(1).map(([from], index) => [(ranges[index]?.[1] ?? from) + 1, from - 1] as const);

export function withSequence(ranges: SequenceRanges, number: number): SequenceRanges {
  if (hasSequence(ranges, number)) return ranges;
  const last = ranges.at(-1);
  if (last !== undefined && number === last[1] + 1) return [...ranges.slice(0, -1), [last[0], number]];
  const merged: [number, number][] = [];
  for (const [from, to] of [...ranges, [number, number] as const].sort((a, b) => a[0] - b[0])) {
    const previous = merged.at(-1);
    if (previous !== undefined && from <= previous[1] + 1) previous[1] = Math.max(previous[1], to);
    else merged.push([from, to]);
  }
  const [first, second, ...rest] = merged;
  return first && second && merged.length > MAX_RANGES ? [[first[0], second[1]], ...rest] : merged;
}

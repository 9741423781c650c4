import type { IdRange } from './signed-blocks.ts';

const FIRST_IDS = 1 << 14;
export const MOST_IDS = 1 << 19;
/** What a window should take: the clock is looked at after each. */
const WINDOW_MS = 20;

export type Order = 'asc' | 'desc';

/**
 * Cuts ranges of ids into windows, in the order of a search. What looking through one costs depends on the search and on what of the files is
 * in memory, so that the next is larger when the last took little time, and smaller when it took long.
 */
export function createWindows(order: Order): (range: IdRange) => Generator<IdRange> {
  let size = FIRST_IDS;
  return function* windows(range) {
    let left: IdRange = range;
    while (left.first <= left.last) {
      const [window, rest] = split(left, order, size);
      const startedAt = performance.now();
      yield window;
      const tookMs = performance.now() - startedAt;
      if (tookMs < WINDOW_MS / 2) size = Math.min(MOST_IDS, size * 2);
      else if (tookMs > WINDOW_MS * 2) size = Math.max(1, size >> 1);
      left = rest;
    }
  };
}

/** Equal parts of a range. */
export function* partsOf(range: IdRange, order: Order, size: number): Generator<IdRange> {
  for (let left = range; left.first <= left.last; ) {
    const [part, rest] = split(left, order, size);
    yield part;
    left = rest;
  }
}

function split({ first, last }: IdRange, order: Order, size: number): [part: IdRange, rest: IdRange] {
  if (order === 'asc') {
    const end = Math.min(last, first + size - 1);
    return [
      { first, last: end },
      { first: end + 1, last },
    ];
  }
  const begin = Math.max(first, last - size + 1);
  return [
    { first: begin, last },
    { first, last: begin - 1 },
  ];
}

/** The id up to which all have been looked at. */
export const edgeOf = ({ first, last }: IdRange, order: Order): number => (order === 'desc' ? first : last);

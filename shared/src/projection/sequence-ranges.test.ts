import { expect, test } from 'vitest';
import { gapsIn, hasSequence, type SequenceRanges, withSequence } from './sequence-ranges.ts';

test('numbers are remembered in any order, neighbours as one range', () => {
  let ranges: SequenceRanges = [];
  for (const number of [5, 0, 1, 3, 1, 2]) ranges = withSequence(ranges, number);
  expect(ranges).toEqual([
    [0, 3],
    [5, 5],
  ]);
  expect(gapsIn(ranges)).toEqual([[4, 4]]);
  expect([0, 3, 4, 5, 6].map((number) => hasSequence(ranges, number))).toEqual([true, true, false, true, false]);
});

test('however many gaps there are, what is remembered stays small', () => {
  let ranges: SequenceRanges = [];
  for (let number = 0; number < 2_000; number += 2) ranges = withSequence(ranges, number);
  expect(ranges.length).toBeLessThanOrEqual(128);
  expect(hasSequence(ranges, 1_998)).toBe(true);
});

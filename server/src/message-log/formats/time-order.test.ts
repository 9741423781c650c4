import { expect, test } from 'vitest';
import { timeOrder } from './time-order.ts';

const ordered = (times: number[]): number[] => [...timeOrder(times)];

test('lines are put in the order of their times', () => {
  expect(ordered([])).toEqual([]);
  expect(ordered([5, 6, 6, 7])).toEqual([0, 1, 2, 3]);
  expect(ordered([5, 9, 6, 7])).toEqual([0, 2, 3, 1]);
});

test('lines of the same time stay as they are, also when some others do not', () => {
  expect(ordered([5, 5, 8, 8, 7, 9])).toEqual([0, 1, 4, 2, 3, 5]);
});

test('in a log that runs backwards the lower of two lines of the same time came first', () => {
  expect(ordered([9, 7, 7, 5, 5])).toEqual([4, 3, 2, 1, 0]);
});

import type { ReplayOutline } from '@cpo-console/shared/api/log.ts';
import { expect, test } from 'vitest';
import { connectionGaps, density, extentOf, nextTrouble, rowAt, rowOfFrame, rowsOf, sequenceOf } from './timeline.ts';

/** connected, a CALL with its answer after another CALL, one without an answer, disconnected, connected. */
const OUTLINE: ReplayOutline = {
  thingName: 'CP1',
  from: '2026-05-04T10:00:00.000Z',
  to: '2026-05-04T10:10:00.000Z',
  cutAt: null,
  pageRows: 250,
  start: 1_000,
  actions: ['connected', 'Heartbeat', 'Reset', 'disconnected'],
  ids: [11, 12, 13, 14, 15, 16],
  at: [0, 10, 20, 20, 500, 900],
  kind: [4, 0, 0, 1, 4, 4],
  out: [0, 0, 1, 1, 0, 0],
  action: [0, 1, 2, 1, 3, 0],
  answer: [-1, 3, -1, -1, -1, -1],
  mark: [0, 0, 3, 0, 0, 0],
};

test('the timeline goes from the first row to the last, whatever was asked for; a single row has an instant', () => {
  expect(extentOf(OUTLINE)).toEqual({ from: 1_000, to: 1_900 });
  expect(extentOf({ ...OUTLINE, at: [0] })).toEqual({ from: 1_000, to: 1_001 });
});

test('an answer stands in the row of its call', () => {
  const { items, itemOf } = sequenceOf(OUTLINE);
  expect(items.map(({ row, quietMs }) => [row, quietMs])).toEqual([
    [0, 0],
    [1, 10],
    [2, 10],
    [4, 480],
    [5, 400],
  ]);
  expect(itemOf).toEqual([0, 1, 2, 1, 3, 4]);
});

test('an instant is the last row that is not later', () => {
  expect([0, 1_000, 1_015, 1_020, 9_999].map((instant) => rowAt(OUTLINE, instant))).toEqual([0, 0, 1, 3, 5]);
  expect([rowOfFrame(OUTLINE, '14'), rowOfFrame(OUTLINE, '99'), rowOfFrame(OUTLINE, undefined)]).toEqual([
    3,
    null,
    null,
  ]);
});

test('the next row that something is wrong with', () => {
  const next = (from: number, step: 1 | -1, found = new Set<number>()) => nextTrouble(OUTLINE, { from, step, found });
  expect([next(0, 1), next(2, 1), next(5, -1)]).toEqual([2, null, 2]);
  const found = rowsOf(OUTLINE, ['15', '12', '99']);
  expect([...found]).toEqual([1, 4]);
  expect([next(0, 1, found), next(2, 1, found), next(5, -1, found)]).toEqual([1, 4, 4]);
});

test('bars count rows and troubles; gaps lie between two connections', () => {
  const parts = density(OUTLINE, { from: 1_000, to: 2_000 }, 2);
  expect(parts).toEqual([
    { rows: 4, troubled: 1 },
    { rows: 2, troubled: 0 },
  ]);
  expect(connectionGaps(OUTLINE, 2_000)).toEqual([{ from: 1_500, to: 1_900 }]);
});

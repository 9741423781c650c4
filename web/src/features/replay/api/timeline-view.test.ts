import { expect, it } from 'vitest';
import { isWhole, panned, showing, viewOf, zoomed } from './timeline-view.ts';

const EXTENT = { from: 10_000, to: 20_000 };

it('comes closer around an instant, which stays where it is', () => {
  expect(zoomed(EXTENT, EXTENT, { factor: 0.5, around: 12_000 })).toEqual({ from: 11_000, to: 16_000 });
});

it('goes no further away than all of it, and no closer than a moment', () => {
  const part = { from: 11_000, to: 16_000 };
  expect(zoomed(part, EXTENT, { factor: 8, around: 12_000 })).toEqual(EXTENT);
  const close = zoomed(part, EXTENT, { factor: 0.000_01, around: 12_000 });
  expect(close.to - close.from).toBe(4);
  const moment = { from: 10_000, to: 10_001 };
  expect(zoomed(moment, moment, { factor: 0.5, around: 10_000 })).toEqual(moment);
});

it('moves to the ends and not beyond', () => {
  const part = { from: 12_000, to: 14_000 };
  expect(panned(part, EXTENT, 0.5)).toEqual({ from: 13_000, to: 15_000 });
  expect(panned(part, EXTENT, 50)).toEqual({ from: 18_000, to: 20_000 });
  expect(panned(part, EXTENT, -50)).toEqual({ from: 10_000, to: 12_000 });
});

it('follows where the replay stands, and stays while that is in it', () => {
  const part = { from: 12_000, to: 14_000 };
  expect(showing(part, EXTENT, 13_999)).toBe(part);
  expect(showing(part, EXTENT, 17_000)).toEqual({ from: 16_000, to: 18_000 });
  expect(showing(part, EXTENT, 10_000)).toEqual({ from: 10_000, to: 12_000 });
});

it('an address that asks for no part of it gets all of it', () => {
  const iso = (at: number) => new Date(at).toISOString();
  expect(viewOf({ from: iso(12_000), to: iso(14_000) }, EXTENT)).toEqual({ from: 12_000, to: 14_000 });
  for (const [from, to] of [
    [undefined, iso(14_000)],
    [iso(14_000), iso(12_000)],
    [iso(1_000), iso(2_000)],
  ]) {
    expect(isWhole(viewOf({ from, to }, EXTENT), EXTENT)).toBe(true);
  }
});

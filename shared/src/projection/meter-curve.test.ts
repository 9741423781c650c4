import { expect, it } from 'vitest';
import { type ChargePointState, initialState, type TransactionState } from './charge-point-state.ts';
import { curvesAfter, type MeterCurve } from './meter-curve.ts';

const SESSION: TransactionState = {
  transactionId: 'a',
  evseId: 1,
  connectorId: 1,
  idToken: null,
  startedAt: 0,
  meterStartWh: 0,
  energyWh: 0,
  powerW: null,
  soc: null,
  chargingState: null,
  lastMeterAt: null,
  startSeen: true,
  lastEventAt: 0,
  seen: [],
};
const at = (...transactions: Partial<TransactionState>[]): ChargePointState => ({
  ...initialState('CP1'),
  transactions: transactions.map((more) => ({ ...SESSION, ...more })),
});

function curvesOf(states: ChargePointState[]): MeterCurve[] {
  let curves: MeterCurve[] = [];
  let before = initialState('CP1');
  for (const after of states) {
    curves = curvesAfter(curves, before, after);
    before = after;
  }
  return curves;
}

it('has a point for each reading, by session, until the session ends', () => {
  const first = at({ lastMeterAt: 10, powerW: 7_000 });
  const second = at({ lastMeterAt: 20, powerW: 7_100, energyWh: 5 }, { transactionId: 'b' });
  expect(curvesOf([first, { ...first }, at({ lastMeterAt: 10, powerW: 7_000 }), second])).toEqual([
    {
      transactionId: 'a',
      everyMs: 1,
      points: [
        [10, 7_000, 0],
        [20, 7_100, 5],
      ],
    },
    { transactionId: 'b', everyMs: 1, points: [] },
  ]);
  expect(curvesOf([first, at()])).toEqual([]);
});

it('stays small however many readings there are, with the first and the last of them', () => {
  const states = Array.from({ length: 20_000 }, (_, each) => at({ lastMeterAt: 1_000 + each * 50, powerW: each }));
  const [curve] = curvesOf(states);
  expect(curve?.points.length).toBeGreaterThan(50);
  expect(curve?.points.length).toBeLessThanOrEqual(120);
  expect(curve?.points[0]).toEqual([1_000, 0, 0]);
  expect(curve?.points.at(-1)).toEqual([1_000 + 19_999 * 50, 19_999, 0]);
  const gaps = (curve?.points ?? []).slice(1, -1).map(([when], each) => when - (curve?.points[each]?.[0] ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(40_000);
});

import type { ChargePointState } from './charge-point-state.ts';

/** A reading: when it was taken, power in W, delivered energy in Wh. */
type MeterPoint = [at: number, powerW: number | null, energyWh: number | null];

/** What the meter said during a session so far, as a curve of few points. */
export interface MeterCurve {
  transactionId: string;
  /** Readings closer together than this are one point. */
  everyMs: number;
  points: MeterPoint[];
}

const MAX_POINTS = 120;

/** The curves of the sessions that go on, after a row of the log led from one state to another. Pure. */
export function curvesAfter(curves: MeterCurve[], before: ChargePointState, after: ChargePointState): MeterCurve[] {
  if (before.transactions === after.transactions) return curves;
  return after.transactions.map((transaction) => {
    const { transactionId, lastMeterAt, powerW, energyWh } = transaction;
    const curve = curves.find((each) => each.transactionId === transactionId) ?? {
      transactionId,
      everyMs: 1,
      points: [],
    };
    if (lastMeterAt === null || lastMeterAt === curve.points.at(-1)?.[0]) return curve;
    return withPoint(curve, [lastMeterAt, powerW, energyWh]);
  });
}

function withPoint(curve: MeterCurve, point: MeterPoint): MeterCurve {
  const { points, everyMs } = curve;
  const last = points.at(-2);
  const isClose = last !== undefined && point[0] - last[0] < everyMs;
  const next = [...(isClose ? points.slice(0, -1) : points), point];
  if (next.length <= MAX_POINTS) return { ...curve, points: next };
  // Twice as coarse from here on: bounded, however long the session is.
  const coarser = Math.ceil((point[0] - (next[0]?.[0] ?? 0)) / (MAX_POINTS / 2));
  return { ...curve, everyMs: coarser, points: next.filter((_, at) => at % 2 === 0 || at === next.length - 1) };
}

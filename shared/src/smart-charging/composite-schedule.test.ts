import { describe, expect, test } from 'vitest';
import { compositeSchedule, type PlacedProfile, type Situation } from './composite-schedule.ts';

const HOUR = 3_600;
// A Monday.
const MIDNIGHT = '2026-05-04T00:00:00Z';
const at = (hours: number): number => Date.parse(MIDNIGHT) + hours * HOUR * 1000;

const profile = (id: number, more: Partial<PlacedProfile>): PlacedProfile => ({
  id,
  place: 0,
  transactionId: null,
  purpose: 'TxDefaultProfile',
  kind: 'Absolute',
  stackLevel: 0,
  startSchedule: MIDNIGHT,
  unit: 'A',
  periods: [{ start: 0, limit: 16 }],
  ...more,
});
const situation = (more: Partial<Situation> = {}): Situation => ({
  version: 'ocpp2.0.1',
  place: 1,
  from: at(0),
  to: at(24),
  session: { transactionId: 'T', startedAt: at(8) },
  unit: 'A',
  volts: 230,
  ...more,
});
/** `from–to limit@winner`, in hours. */
const lines = (profiles: PlacedProfile[], more?: Partial<Situation>): string[] =>
  compositeSchedule(profiles, situation(more)).map(
    ({ from, to, limit, winner }) =>
      `${(from - at(0)) / HOUR / 1000}–${(to - at(0)) / HOUR / 1000} ${limit ?? 'free'}@${winner ?? '–'}`,
  );

describe('stacking, OCPP 1.6 §3.13.2', () => {
  const nights = profile(1, {
    kind: 'Recurring',
    recurrency: 'Daily',
    startSchedule: '2026-05-03T23:00:00Z',
    periods: [
      { start: 0, limit: 32 },
      { start: 7 * HOUR, limit: 6 },
    ],
  });

  test('full power by night and less by day, day after day', () => {
    expect(lines([nights], { to: at(48) })).toEqual(['0–6 32@1', '6–23 6@1', '23–30 32@1', '30–47 6@1', '47–48 32@1']);
  });

  test('on top of that an exception for a holiday, for as long as it lasts', () => {
    const holiday = profile(2, { stackLevel: 1, duration: 24 * HOUR, periods: [{ start: 0, limit: 20 }] });
    expect(lines([nights, holiday], { to: at(30) })).toEqual(['0–24 20@2', '24–30 32@1']);
  });

  test('without a duration, the highest stack level never falls back to a lower one', () => {
    const forGood = profile(2, { stackLevel: 1, periods: [{ start: 0, limit: 20 }] });
    expect(lines([nights, forGood], { from: at(0), to: at(24 * 30) })).toEqual(['0–720 20@2']);
  });

  test('a profile counts from validFrom to validTo; before and after, the one below', () => {
    const limited = { validFrom: '2026-05-04T10:00:00Z', validTo: '2026-05-04T12:00:00Z' };
    const top = profile(2, { stackLevel: 5, ...limited, periods: [{ start: 0, limit: 10 }] });
    expect(lines([profile(1, {}), top])).toEqual(['0–10 16@1', '10–12 10@2', '12–24 16@1']);
  });

  test('OCPP 2.1: a period that sets no limit ends the one before it, and leaves what others allow', () => {
    const periods = [
      { start: 0, limit: 10 },
      { start: 2 * HOUR, limit: Number.POSITIVE_INFINITY },
      { start: 4 * HOUR, limit: 8 },
    ];
    const setpoint = profile(1, { periods });
    expect(lines([setpoint], { to: at(6) })).toEqual(['0–2 10@1', '2–4 free@1', '4–6 8@1']);
    const station = profile(2, { purpose: 'ChargingStationMaxProfile', periods: [{ start: 0, limit: 32 }] });
    expect(lines([setpoint, station], { to: at(6) })).toEqual(['0–2 10@1', '2–4 32@2', '4–6 8@1']);
    const generated = profile(3, { purpose: 'LocalGeneration', periods });
    expect(lines([station, generated], { to: at(6) })).toEqual(['0–2 42@2', '2–4 32@2', '4–6 40@2']);
  });

  test('a recurring schedule that is shorter than its period leaves the rest to the one below', () => {
    const morning = profile(2, { ...nights, id: 2, stackLevel: 1, startSchedule: MIDNIGHT, duration: 2 * HOUR });
    const short = { ...morning, periods: [{ start: 0, limit: 9 }] };
    expect(lines([profile(1, {}), short], { to: at(26) })).toEqual(['0–2 9@2', '2–24 16@1', '24–26 9@2']);
  });

  test('a week goes by weeks', () => {
    const weekly = profile(1, { kind: 'Recurring', recurrency: 'Weekly', duration: 24 * HOUR });
    expect(lines([weekly], { from: at(6 * 24), to: at(8 * 24) })).toEqual(['144–168 free@–', '168–192 16@1']);
  });
});

describe('purposes, OCPP 1.6 §3.13.1 and §3.13.3; OCPP 2.0.1 K', () => {
  const station = profile(9, { purpose: 'ChargingStationMaxProfile', periods: [{ start: 0, limit: 20 }] });

  test('the lowest of what the purposes allow', () => {
    const steps = profile(1, {
      periods: [
        { start: 0, limit: 32 },
        { start: 12 * HOUR, limit: 10 },
      ],
    });
    expect(lines([station, steps])).toEqual(['0–12 20@9', '12–24 10@1']);
    expect(compositeSchedule([station, steps], situation())[0]?.purposes).toEqual([
      { purpose: 'ChargingStationMaxProfile', profileId: 9, limit: 20 },
      { purpose: 'TxDefaultProfile', profileId: 1, limit: 32 },
    ]);
  });

  test('a TxProfile instead of the default, also when it allows more, and for its own session only', () => {
    const own = profile(2, { purpose: 'TxProfile', place: 1, transactionId: 'T', periods: [{ start: 0, limit: 25 }] });
    expect(lines([profile(1, {}), own])).toEqual(['0–24 25@2']);
    expect(lines([profile(1, {}), { ...own, transactionId: 'OTHER' }])).toEqual(['0–24 16@1']);
    expect(lines([profile(1, {}), { ...own, place: 2 }])).toEqual(['0–24 16@1']);
  });

  test('when a TxProfile is over, the default holds again', () => {
    const own = profile(2, { purpose: 'TxProfile', place: 1, duration: 9 * HOUR, periods: [{ start: 0, limit: 6 }] });
    expect(lines([profile(1, {}), own])).toEqual(['0–9 6@2', '9–24 16@1']);
  });

  test('1.6: a default of the connector stands in for that of connector 0; 2.x goes by the stack level', () => {
    const everywhere = profile(1, { stackLevel: 3 });
    const here = profile(2, { place: 1, stackLevel: 1, periods: [{ start: 0, limit: 8 }] });
    expect(lines([everywhere, here], { version: 'ocpp1.6' })).toEqual(['0–24 8@2']);
    expect(lines([everywhere, here], { version: 'ocpp2.0.1' })).toEqual(['0–24 16@1']);
  });

  test('without a session only what limits the station holds', () => {
    expect(lines([station, profile(1, {})], { session: null })).toEqual(['0–24 20@9']);
    expect(lines([], { session: null })).toEqual(['0–24 free@–']);
  });

  test('2.1: with priority its profile takes the place of those of the session', () => {
    const fast = profile(3, { purpose: 'PriorityCharging', periods: [{ start: 0, limit: 32 }] });
    expect(lines([station, profile(1, {}), fast])).toEqual(['0–24 16@1']);
    expect(lines([station, profile(1, {}), fast], { priority: true })).toEqual(['0–24 20@9']);
  });

  test('2.1: what is generated on the spot comes on top of what the others allow', () => {
    const sun = profile(4, { purpose: 'LocalGeneration', kind: 'Dynamic', periods: [{ start: 0, limit: 5 }] });
    expect(lines([station, sun])).toEqual(['0–24 25@9']);
    expect(lines([station, profile(1, {}), sun])).toEqual(['0–24 21@1']);
    expect(lines([sun], { session: null })).toEqual(['0–24 free@–']);
  });
});

describe('kinds and units', () => {
  test('Relative counts from the beginning of the session', () => {
    const periods = [
      { start: 0, limit: 10 },
      { start: HOUR, limit: 20 },
    ];
    expect(lines([profile(1, { kind: 'Relative', periods })])).toEqual(['0–8 free@–', '8–9 10@1', '9–24 20@1']);
  });

  test('watts are told in amperes by phases and voltage, and the other way round', () => {
    const watts = profile(1, { unit: 'W', periods: [{ start: 0, limit: 11_040 }] });
    expect(lines([watts])).toEqual(['0–24 16@1']);
    const onePhase = profile(2, { periods: [{ start: 0, limit: 10, numberPhases: 1 }] });
    expect(lines([onePhase], { unit: 'W' })).toEqual(['0–24 2300@2']);
  });
});

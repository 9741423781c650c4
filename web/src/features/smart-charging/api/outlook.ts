import type { ChargingProfile, ChargingReport } from '@cpo-console/shared/api/charging.ts';
import type { MeterValue } from '@cpo-console/shared/api/transactions.ts';
import { membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { RateUnit } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import type { PlacedProfile } from '@cpo-console/shared/smart-charging/composite-schedule.ts';
import { readPeriods, readProfile } from '@cpo-console/shared/smart-charging/profile-on-the-wire.ts';

/** Volts between a phase and neutral, and phases: what turns watts into amperes where nobody says more. */
export const VOLTS = 230;
const PHASES = 3;

/** From one change to the next; null: nothing limits it. Times are milliseconds since the epoch. */
export interface Step {
  from: number;
  to: number;
  limit: number | null;
}

/** By profile id: which of its schedules, of several between which a car chooses, is looked at. The first, unless said. */
export type ChosenSchedules = ReadonlyMap<number, number>;

/** Those that can be reckoned with; one that waits for its session has no place yet. */
export function placed(profiles: readonly ChargingProfile[], chosen: ChosenSchedules = new Map()): PlacedProfile[] {
  return profiles.flatMap(({ profile, profileId, evseId, connectorId, transactionId }) => {
    const draft = readProfile(profile, chosen.get(profileId));
    const place = evseId ?? connectorId;
    return draft === null || place === null ? [] : [{ ...draft, id: profileId, place, transactionId }];
  });
}

/**
 * The ids of the others with the same purpose and level at the same place: in OCPP 1.6 they give way, in 2.x a charge point
 * takes no second one. @see OCPP 1.6 §5.16, OCPP 2.0.1 part 2, K01.FR.06
 */
export function sameLevelAs(
  { id, place, purpose, stackLevel }: Pick<PlacedProfile, 'id' | 'place' | 'purpose' | 'stackLevel'>,
  installed: readonly PlacedProfile[],
): number[] {
  return installed
    .filter((each) => each.place === place && each.purpose === purpose && each.stackLevel === stackLevel)
    .flatMap((each) => (each.id === id ? [] : [each.id]));
}

const inUnit = (limit: number, from: RateUnit, to: RateUnit, phases = PHASES): number =>
  from === to ? limit : to === 'W' ? limit * VOLTS * phases : limit / (VOLTS * phases);

/** What the charge point itself reckoned when it was asked. 1.6 nests what 2.x does not. */
export function compositeSteps(report: ChargingReport | undefined, unit: RateUnit): Step[] {
  if (report === undefined) return [];
  const { content } = report;
  const schedule = membersOf(content.chargingSchedule ?? content);
  const start = Date.parse(String(content.scheduleStart ?? schedule.startSchedule ?? report.at));
  const rate: RateUnit = schedule.chargingRateUnit === 'W' ? 'W' : 'A';
  const periods = readPeriods(schedule.chargingSchedulePeriod);
  const end = start + Number(schedule.duration ?? 0) * 1000;
  return periods.map(({ start: offset, limit, numberPhases }, index) => ({
    from: start + offset * 1000,
    to: Math.min(end, start + (periods[index + 1]?.start ?? Number.POSITIVE_INFINITY) * 1000),
    limit: Number.isFinite(limit) ? inUnit(limit, rate, unit, numberPhases) : null,
  }));
}

export interface Point {
  at: number;
  value: number;
}

/** The power that the meter of the session told; phases add up where there is no total. */
export function measuredPower(values: readonly MeterValue[], unit: RateUnit): Point[] {
  return values.flatMap(({ at, samples }) => {
    const power = samples.filter(({ measurand, value }) => measurand === 'Power.Active.Import' && value !== null);
    const total = power.find(({ phase }) => phase === null);
    const used = total === undefined ? power : [total];
    if (used.length === 0) return [];
    const watts = used.reduce((sum, { value, unit: of }) => sum + (value ?? 0) * (of.startsWith('k') ? 1000 : 1), 0);
    return [{ at: Date.parse(at), value: inUnit(watts, 'W', unit) }];
  });
}

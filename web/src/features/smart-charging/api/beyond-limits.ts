import { listOf, membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import { schedulesOf } from '@cpo-console/shared/smart-charging/profile-on-the-wire.ts';

/** What the editor has fields for. */
const OF_PROFILE = [
  ...['id', 'chargingProfileId', 'stackLevel', 'chargingProfilePurpose', 'chargingProfileKind', 'recurrencyKind'],
  ...['validFrom', 'validTo', 'transactionId', 'chargingSchedule'],
];
const OF_SCHEDULE = [
  ...['id', 'startSchedule', 'duration', 'chargingRateUnit', 'minChargingRate', 'chargingSchedulePeriod'],
];
const OF_PERIOD = ['startPeriod', 'limit', 'numberPhases'];
/** Changes nothing in how much is drawn. */
const NO_AMOUNT = ['phaseToUse', 'preconditioningRequest', 'customData'];

/** Members of a profile that the editor can't keep, by their names on the wire. */
export function notInEditor(profile: unknown, chosen = 0): string[] {
  const schedule = schedulesOf(profile)[chosen];
  return distinct([
    ...namesIn(profile, OF_PROFILE),
    ...namesIn(schedule, OF_SCHEDULE),
    ...periodsOf(schedule).flatMap((period) => namesIn(period, OF_PERIOD)),
  ]);
}

/** Members of its periods that set the power in other ways than by a limit. @see OCPP 2.1 part 2, ChargingSchedulePeriodType */
export const notDrawn = (profile: unknown, chosen = 0): string[] =>
  distinct(periodsOf(schedulesOf(profile)[chosen]).flatMap((period) => namesIn(period, [...OF_PERIOD, ...NO_AMOUNT])));

const periodsOf = (schedule: unknown): readonly unknown[] => listOf(membersOf(schedule).chargingSchedulePeriod);
const namesIn = (value: unknown, but: readonly string[]): string[] =>
  Object.keys(membersOf(value)).filter((name) => !but.includes(name));
const distinct = (names: readonly string[]): string[] => [...new Set(names)];

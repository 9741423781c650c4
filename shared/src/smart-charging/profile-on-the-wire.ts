import type { OcppVersion } from '../ocpp-j/frame.ts';
import { decimalOf, integerOf, listOf, type Members, membersOf, textOf } from '../projection/read-payload.ts';
import { KINDS, type ProfileDraft, PURPOSES, RECURRENCIES, type SchedulePeriod } from './charging-profile.ts';

/** Whom a profile is for. */
export interface Recipient {
  version: OcppVersion;
  /** The EVSE, in OCPP 1.6 the connector; 0: the station, or each of its EVSEs. */
  place: number;
  profileId: number;
  /** For a TxProfile. */
  transactionId?: string;
}

/** The request of SetChargingProfile in the version's own words. */
export function setChargingProfileRequest(draft: ProfileDraft, recipient: Recipient): Record<string, unknown> {
  const { version, place, profileId, transactionId } = recipient;
  const schedule = {
    ...(draft.startSchedule !== undefined && { startSchedule: draft.startSchedule }),
    ...(draft.duration !== undefined && { duration: draft.duration }),
    chargingRateUnit: draft.unit,
    ...(draft.minChargingRate !== undefined && { minChargingRate: draft.minChargingRate }),
    chargingSchedulePeriod: draft.periods.map(({ start, limit, numberPhases }) => ({
      startPeriod: start,
      limit,
      ...(numberPhases !== undefined && { numberPhases }),
    })),
  };
  const isOf16 = version === 'ocpp1.6';
  const common = {
    stackLevel: draft.stackLevel,
    chargingProfilePurpose:
      isOf16 && draft.purpose === 'ChargingStationMaxProfile' ? 'ChargePointMaxProfile' : draft.purpose,
    chargingProfileKind: draft.kind,
    ...(draft.recurrency !== undefined && { recurrencyKind: draft.recurrency }),
    ...(draft.validFrom !== undefined && { validFrom: draft.validFrom }),
    ...(draft.validTo !== undefined && { validTo: draft.validTo }),
    ...(transactionId !== undefined && { transactionId: isOf16 ? Number(transactionId) : transactionId }),
  };
  return isOf16
    ? {
        connectorId: place,
        csChargingProfiles: { chargingProfileId: profileId, ...common, chargingSchedule: schedule },
      }
    : { evseId: place, chargingProfile: { id: profileId, ...common, chargingSchedule: [{ id: 1, ...schedule }] } };
}

/** A profile of any version; null where it is none. Of several schedules, between which a car chooses, the first. */
export function readProfile(profile: unknown): ProfileDraft | null {
  const members = membersOf(profile);
  const { chargingSchedule } = members;
  const schedule = membersOf(Array.isArray(chargingSchedule) ? chargingSchedule[0] : chargingSchedule);
  const word = members.chargingProfilePurpose;
  const purpose = PURPOSES.find((each) => each === (word === 'ChargePointMaxProfile' ? PURPOSES[1] : word));
  const kind = KINDS.find((each) => each === members.chargingProfileKind);
  const periods = readPeriods(schedule.chargingSchedulePeriod);
  if (purpose === undefined || kind === undefined || periods.length === 0) return null;
  const recurrency = RECURRENCIES.find((each) => each === members.recurrencyKind);
  return {
    purpose,
    kind,
    stackLevel: integerOf(members.stackLevel) ?? 0,
    unit: schedule.chargingRateUnit === 'W' ? 'W' : 'A',
    periods,
    ...(recurrency !== undefined && { recurrency }),
    ...times(members, ['validFrom', 'validTo']),
    ...times(schedule, ['startSchedule']),
    ...optional('duration', integerOf(schedule.duration)),
    ...optional('minChargingRate', decimalOf(schedule.minChargingRate)),
  };
}

/** In order; those without a limit are left out: 2.1 knows others than that. */
export function readPeriods(chargingSchedulePeriod: unknown): SchedulePeriod[] {
  const periods = listOf(chargingSchedulePeriod).flatMap((entry): SchedulePeriod[] => {
    const { startPeriod, limit, numberPhases } = membersOf(entry);
    const from = decimalOf(startPeriod);
    const most = decimalOf(limit);
    if (from === null || most === null) return [];
    return [{ start: from, limit: most, ...optional('numberPhases', integerOf(numberPhases)) }];
  });
  return periods.sort((a, b) => a.start - b.start);
}

function times<Name extends string>(members: Members, names: readonly Name[]): { [N in Name]?: string } {
  const found: { [N in Name]?: string } = {};
  for (const name of names) {
    const text = textOf(members[name]);
    if (text !== null && Number.isFinite(Date.parse(text))) found[name] = text;
  }
  return found;
}

function optional<Name extends string>(name: Name, value: number | null): { [N in Name]?: number } {
  return (value === null ? {} : { [name]: value }) as { [N in Name]?: number };
}

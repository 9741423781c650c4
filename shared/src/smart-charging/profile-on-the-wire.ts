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
  const profile = profileOnTheWire(draft, recipient);
  return recipient.version === 'ocpp1.6'
    ? { connectorId: recipient.place, csChargingProfiles: profile }
    : { evseId: recipient.place, chargingProfile: profile };
}

/** A profile in the version's own words. */
export function profileOnTheWire(
  draft: ProfileDraft,
  { version, profileId, transactionId }: Omit<Recipient, 'place'>,
): Record<string, unknown> {
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
    ? { chargingProfileId: profileId, ...common, chargingSchedule: schedule }
    : { id: profileId, ...common, chargingSchedule: [{ id: 1, ...schedule }] };
}

/** OCPP 2.x may give a car several to choose from; 1.6 has one, which stands alone. @see OCPP 2.0.1 part 2, ChargingProfileType */
export const schedulesOf = (profile: unknown): readonly unknown[] => [membersOf(profile).chargingSchedule].flat();

/** A profile of any version with one of its schedules; null where it is none. */
export function readProfile(profile: unknown, chosen = 0): ProfileDraft | null {
  const members = membersOf(profile);
  const schedule = membersOf(schedulesOf(profile)[chosen]);
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

/** In order. In 2.1 a period may say something else than a limit: what the one before it allowed is over then. */
export function readPeriods(chargingSchedulePeriod: unknown): SchedulePeriod[] {
  const periods = listOf(chargingSchedulePeriod).flatMap((entry): SchedulePeriod[] => {
    const { startPeriod, limit, numberPhases } = membersOf(entry);
    const from = decimalOf(startPeriod);
    if (from === null) return [];
    return [
      {
        start: from,
        limit: decimalOf(limit) ?? Number.POSITIVE_INFINITY,
        ...optional('numberPhases', integerOf(numberPhases)),
      },
    ];
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

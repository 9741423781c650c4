import type { RateUnit } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { compositeSchedule, type PlacedProfile } from '@cpo-console/shared/smart-charging/composite-schedule.ts';
import { readProfile } from '@cpo-console/shared/smart-charging/profile-on-the-wire.ts';
import { FULL_POWER_W, VOLTAGE_V } from './meter.ts';
import type { Reply } from './rpc-link.ts';
import { type Connector, result, type Station } from './station.ts';
import { asInteger, type Payload } from './wire-values.ts';

/** A profile that was set, and the EVSE or connector that it is for. */
export interface StoredProfile {
  evseId: number;
  profile: Payload;
}

/** Longer than any session here; what is asked about once. */
const MOMENT_MS = 1_000;

const MOST: Record<RateUnit, number> = { W: FULL_POWER_W, A: Math.round(FULL_POWER_W / (3 * VOLTAGE_V)) };

export const profileIdOf = (profile: Payload): number | undefined => asInteger(profile.chargingProfileId ?? profile.id);

/** @see OCPP 1.6 §5.16, OCPP 2.0.1 part 2, K01 */
export function setProfile(station: Station, evseId: number, profile: Payload): Reply {
  const { version, connectors } = station;
  const id = profileIdOf(profile);
  const isTx = profile.chargingProfilePurpose === 'TxProfile';
  if (id === undefined || (evseId !== 0 && !connectors.has(evseId))) return result({ status: 'Rejected' });
  if (isTx && (connectors.get(evseId)?.session ?? null) === null) return result({ status: 'Rejected' });
  storeProfile(station, { evseId, profile });
  // In 1.6 also one of the same purpose and level gives way.
  for (const [other, stored] of version === 'ocpp1.6' ? [...station.chargingProfiles] : []) {
    const isSame =
      stored.evseId === evseId &&
      stored.profile.chargingProfilePurpose === profile.chargingProfilePurpose &&
      stored.profile.stackLevel === profile.stackLevel;
    if (other !== id && isSame) station.chargingProfiles.delete(other);
  }
  return result({ status: 'Accepted' });
}

export function storeProfile({ chargingProfiles }: Station, stored: StoredProfile): void {
  const id = profileIdOf(stored.profile);
  if (id !== undefined) chargingProfiles.set(id, stored);
}

/** Those that have all of what is given, by their names on the wire; `id` and `evseId` are ours. */
export function profilesWith(station: Station, { id, evseId, ...members }: Payload): [number, StoredProfile][] {
  const asked = Object.entries(members).filter(([, value]) => value !== undefined);
  return [...station.chargingProfiles].filter(
    ([profileId, stored]) =>
      (id === undefined || profileId === id) &&
      (evseId === undefined || stored.evseId === evseId) &&
      asked.every(([name, value]) => stored.profile[name] === value),
  );
}

export function clearProfiles(station: Station, criteria: Payload): Reply {
  const found = profilesWith(station, criteria);
  for (const [id] of found) station.chargingProfiles.delete(id);
  return result({ status: found.length > 0 ? 'Accepted' : 'Unknown' });
}

/** With the session go the profiles that were its own. */
export function clearOfSession(station: Station, { id }: Connector): void {
  clearProfiles(station, { evseId: id, chargingProfilePurpose: 'TxProfile' });
}

/** What may be drawn from now on, as a schedule's periods. */
export function schedulePeriods(
  station: Station,
  { place, seconds, unit }: { place: number; seconds: number; unit: RateUnit },
): { startPeriod: number; limit: number }[] {
  return limitsOf(station, { place, forMs: seconds * 1_000, unit }).map(({ startMs, limit }) => ({
    startPeriod: Math.round(startMs / 1_000),
    limit: Math.round(Math.min(limit, MOST[unit]) * 10) / 10,
  }));
}

/** Watts that a connector may give just now. */
export function limitNow(station: Station, place: number): number {
  return limitsOf(station, { place, forMs: MOMENT_MS, unit: 'W' })[0]?.limit ?? Number.POSITIVE_INFINITY;
}

function limitsOf(station: Station, { place, forMs, unit }: { place: number; forMs: number; unit: RateUnit }) {
  const from = station.now();
  const session = station.connectors.get(place)?.session ?? null;
  const segments = compositeSchedule(placed(station), {
    version: station.version,
    place,
    from,
    to: from + Math.max(forMs, MOMENT_MS),
    session:
      place === 0 ? null : { transactionId: session?.transactionId ?? '', startedAt: session?.startedAt ?? from },
    unit,
    volts: VOLTAGE_V,
  });
  return segments.map((segment) => ({
    startMs: segment.from - from,
    limit: segment.limit ?? Number.POSITIVE_INFINITY,
  }));
}

function placed({ chargingProfiles }: Station): PlacedProfile[] {
  return [...chargingProfiles].flatMap(([id, { evseId, profile }]) => {
    const draft = readProfile(profile);
    return draft === null ? [] : [{ ...draft, id, place: evseId, transactionId: null }];
  });
}

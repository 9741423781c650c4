import type { RateUnit } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { compact, oneOf, type RawSearch, text } from '../../../lib/search.ts';

/** What of the charge point is looked at. */
export interface ChargingSearch {
  /** EVSE, in OCPP 1.6 connector. */
  place?: string;
  unit?: RateUnit;
  span?: 'hours' | 'day' | 'week';
  /** Which schedule of a profile that has several is drawn: `7:1,9:2`, by profile id, counted from 0. */
  schedules?: string;
}

export function readChargingSearch(search: RawSearch): ChargingSearch {
  const place = text(search, 'place');
  return compact<ChargingSearch>({
    place: place !== undefined && /^\d{1,4}$/.test(place) ? place : undefined,
    unit: oneOf(search, 'unit', ['A', 'W']),
    span: oneOf(search, 'span', ['hours', 'day', 'week']),
    schedules: text(search, 'schedules'),
  });
}

export function chosenSchedules(schedules = ''): ReadonlyMap<number, number> {
  const pairs = [...schedules.matchAll(/(-?\d{1,10}):(\d)/g)];
  return new Map(pairs.map(([, profileId, schedule]) => [Number(profileId), Number(schedule)]));
}

export const withSchedule = (schedules: string | undefined, profileId: number, schedule: number): string =>
  [...new Map(chosenSchedules(schedules)).set(profileId, schedule)].map((pair) => pair.join(':')).join(',');

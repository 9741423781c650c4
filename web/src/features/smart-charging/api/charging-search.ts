import type { RateUnit } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { compact, oneOf, type RawSearch, text } from '../../../lib/search.ts';

/** What of the charge point is looked at. */
export interface ChargingSearch {
  /** EVSE, in OCPP 1.6 connector. */
  place?: string;
  unit?: RateUnit;
  span?: 'hours' | 'day' | 'week';
}

export function readChargingSearch(search: RawSearch): ChargingSearch {
  const place = text(search, 'place');
  return compact<ChargingSearch>({
    place: place !== undefined && /^\d{1,4}$/.test(place) ? place : undefined,
    unit: oneOf(search, 'unit', ['A', 'W']),
    span: oneOf(search, 'span', ['hours', 'day', 'week']),
  });
}

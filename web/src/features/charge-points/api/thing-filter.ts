import type { OverallState, Thing } from '@cpo-console/shared/api/things.ts';
import { OCPP_VERSIONS, type OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { compact, oneOf, type RawSearch, text } from '../../../lib/search.ts';
import { vendorOf } from '../../../lib/station-view.ts';

export const OVERALL_STATES: readonly OverallState[] = [
  'connected',
  'charging',
  'faulted',
  'booting',
  'offline',
  'never-seen',
];
export const SORTS = [
  'name',
  '-name',
  'state',
  '-state',
  'vendor',
  '-vendor',
  'firmware',
  '-firmware',
  'ocpp',
  '-ocpp',
  'seen',
  '-seen',
] as const;
export type Sort = (typeof SORTS)[number];

/** What the address of the charge points page says. */
export interface ThingFilter {
  search?: string;
  state?: OverallState;
  ocpp?: OcppVersion;
  vendor?: string;
  tag?: string;
  sort?: Sort;
  /** The drawer is open: `new`, or with this name filled in. */
  register?: string;
}

export function readThingFilter(search: RawSearch): ThingFilter {
  return compact<ThingFilter>({
    search: text(search, 'search'),
    state: oneOf(search, 'state', OVERALL_STATES),
    ocpp: oneOf(search, 'ocpp', OCPP_VERSIONS),
    vendor: text(search, 'vendor'),
    tag: text(search, 'tag'),
    sort: oneOf(search, 'sort', SORTS),
    register: text(search, 'register'),
  });
}

type Facet = 'state' | 'ocpp' | 'vendor' | 'tag';
const FACETS: Record<Facet, (thing: Thing) => string[]> = {
  state: (thing) => [thing.overall],
  ocpp: (thing) => (thing.protocol ? [thing.protocol] : []),
  vendor: (thing) => [vendorOf(thing)].filter((vendor) => vendor !== ''),
  tag: (thing) => thing.tags,
};

/** State "connected" means: has a connection, whatever it does with it. The tile counts the same. */
function passes(thing: Thing, facet: Facet, value: string | undefined): boolean {
  if (value === undefined) return true;
  if (facet === 'state' && value === 'connected') return thing.connected;
  return FACETS[facet](thing).includes(value);
}

function searchText(thing: Thing): string {
  const station = JSON.stringify(thing.state.chargingStation ?? '');
  return `${thing.thingName} ${thing.tags.join(' ')} ${station} ${Object.values(thing.attributes).join(' ')}`.toLowerCase();
}

export function filterThings(things: Thing[], filter: ThingFilter): Thing[] {
  const words = (filter.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const facets = Object.keys(FACETS) as Facet[];
  return things.filter((thing) => {
    if (!facets.every((facet) => passes(thing, facet, filter[facet]))) return false;
    if (words.length === 0) return true;
    const haystack = searchText(thing);
    return words.every((word) => haystack.includes(word));
  });
}

/** How many there would be of each value, with the other filters as they are. */
export function countFacet(things: Thing[], filter: ThingFilter, facet: Facet): Map<string, number> {
  const counts = new Map<string, number>();
  const { [facet]: _, ...others } = filter;
  for (const thing of filterThings(things, others)) {
    const values =
      facet === 'state' && thing.connected ? new Set([...FACETS.state(thing), 'connected']) : FACETS[facet](thing);
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return new Map([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}

const URGENCY: Record<OverallState, number> = {
  faulted: 0,
  booting: 1,
  charging: 2,
  connected: 3,
  offline: 4,
  'never-seen': 5,
};
const byName = new Intl.Collator('en', { numeric: true }).compare;
const SORT_KEYS: Record<string, (thing: Thing) => string | number> = {
  state: (thing) => URGENCY[thing.overall],
  vendor: vendorOf,
  firmware: (thing) => thing.state.chargingStation?.firmwareVersion ?? '',
  ocpp: (thing) => thing.protocol ?? '',
  seen: (thing) => -Date.parse(thing.lastSeenAt ?? '1970-01-01T00:00:00.000Z'),
};

/** By name among equals. What is in order already, as the list mostly is, costs one comparison a row. */
export function sortThings(things: Thing[], sort: Sort = 'name'): Thing[] {
  const field = sort.replace('-', '');
  const sign = sort.startsWith('-') ? -1 : 1;
  const key = SORT_KEYS[field];
  const nameSign = key ? 1 : sign;
  const named = things.toSorted((a, b) => nameSign * byName(a.thingName, b.thingName));
  if (!key) return named;
  return named
    .map((thing) => ({ thing, key: key(thing) }))
    .sort((a, b) => sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ thing }) => thing);
}

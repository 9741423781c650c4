import type { OverallState, Thing } from '@cpo-console/shared/api/things.ts';

export interface ThingFilter {
  search?: string;
  state?: readonly OverallState[];
  tag?: readonly string[];
}

export function thingFilter({ search, state, tag }: ThingFilter): (thing: Thing) => boolean {
  const words = (search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return (thing) => {
    if (state !== undefined && state.length > 0 && !state.includes(thing.overall)) return false;
    if (tag?.some((each) => !thing.tags.includes(each))) return false;
    if (words.length === 0) return true;
    const text = searchText(thing);
    return words.every((word) => text.includes(word));
  };
}

function searchText({ thingName, tags, attributes, state }: Thing): string {
  const attributeTexts = Object.entries(attributes).flat();
  const station = Object.values(state.chargingStation ?? {}).filter((value) => typeof value === 'string');
  return [thingName, ...tags, ...attributeTexts, ...station].join('\n').toLowerCase();
}

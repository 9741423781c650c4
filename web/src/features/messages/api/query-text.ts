import { KINDS, type MessageSearch } from './message-search.ts';

export type FilterPatch = Partial<Record<keyof MessageSearch, string | undefined>>;

/** What one query says, as members of the address. */
export type QueryPatch = Partial<Record<keyof MessageSearch, string>>;

/** Keys as they are typed, and what they are in the address. */
export const QUERY_KEYS = {
  thing: 'thingName',
  action: 'action',
  direction: 'direction',
  kind: 'kind',
  error: 'errorCode',
  id: 'messageId',
  violation: 'violation',
  session: 'transactionId',
  connector: 'connectorId',
  evse: 'evseId',
  unanswered: 'unanswered',
} as const satisfies Record<string, keyof MessageSearch>;

const CHOICES: Partial<Record<keyof MessageSearch, readonly string[]>> = {
  direction: ['in', 'out'],
  kind: KINDS,
  unanswered: ['true'],
};
const NUMBERS: ReadonlySet<keyof MessageSearch> = new Set(['connectorId', 'evseId']);

/** Each at the beginning, up to the next word. */
const KEY_VALUE = /^([a-z]+):\s*(?:"([^"]*)"|([^\s"]+))(?:\s+|$)/i;
const LATENCY = /^latency\s*>\s*(\d{1,9})(?:\s+|$)/i;
const MEMBER = /^([^\s=.[\]:"{}]+(?:\.[^\s=.[\]:"{}]+|\[\d+\])*)\s*=\s*(?:"([^"]*)"|(\S.*))$/;

/**
 * `action:Reset direction:out`, `latency>500`, `idToken.idToken="ABC"`; all else is text to be found in the frames, also behind
 * filters. null: nothing.
 */
export function readQueryText(typed: string): QueryPatch | null {
  const patch: QueryPatch = {};
  let rest = typed.trim();
  for (let filter = readFilter(rest); filter !== null; filter = readFilter(rest)) {
    const names = [patch.thingName, filter.patch.thingName].filter((name) => name !== undefined);
    Object.assign(patch, filter.patch, names.length > 0 && { thingName: names.join() });
    rest = rest.slice(filter.length);
  }
  const [, path, quoted, bare] = MEMBER.exec(rest) ?? [];
  if (path !== undefined) Object.assign(patch, { path, value: quoted ?? bare ?? '' });
  else if (rest !== '') patch.q = rest;
  return Object.keys(patch).length === 0 ? null : patch;
}

function readFilter(text: string): { patch: QueryPatch; length: number } | null {
  const latency = LATENCY.exec(text);
  if (latency) return { patch: { latencyOver: String(Number(latency[1])) }, length: latency[0].length };
  const [all = '', name = '', quoted, bare = ''] = KEY_VALUE.exec(text) ?? [];
  const value = quoted ?? bare;
  const key = Object.entries(QUERY_KEYS).find(([known]) => known === name.toLowerCase())?.[1];
  return key !== undefined && value !== '' && isAllowed(key, value)
    ? { patch: { [key]: value }, length: all.length }
    : null;
}

function isAllowed(key: keyof MessageSearch, value: string): boolean {
  if (NUMBERS.has(key)) return /^\d{1,9}$/.test(value);
  return CHOICES[key]?.includes(value) ?? true;
}

/** What could be meant by the word that is being typed: keys first, then the values of a key. */
export function completionsOf(typed: string, values: Record<string, readonly string[]>): string[] {
  const start = typed.lastIndexOf(' ') + 1;
  const before = typed.slice(0, start);
  const [key, begun] = typed.slice(start).split(':');
  if (begun === undefined) {
    const keys = [...Object.keys(QUERY_KEYS).map((name) => `${name}:`), 'latency>'];
    return keys.filter((each) => each.startsWith(key ?? '')).map((each) => before + each);
  }
  const field = QUERY_KEYS[key as keyof typeof QUERY_KEYS];
  const known = values[key ?? ''] ?? (field === undefined ? [] : (CHOICES[field] ?? []));
  const fitting = known.filter((value) => value.toLowerCase().includes(begun.toLowerCase()));
  return fitting.slice(0, 30).map((value) => `${before}${key}:${value}`);
}

/** One filter of an address, as it would be typed, and the members that say it. */
export interface QueryPart {
  text: string;
  keys: (keyof MessageSearch)[];
}

/** Each filter that the address has; the time range's text is its own two instants. */
export function partsOf(search: MessageSearch): QueryPart[] {
  const parts: QueryPart[] = Object.entries(QUERY_KEYS).flatMap(([name, key]) =>
    search[key] === undefined ? [] : [{ text: `${name}:${search[key]}`, keys: [key] }],
  );
  const { latencyOver, from, to, path, value, q } = search;
  if (latencyOver !== undefined) parts.push({ text: `latency>${latencyOver}`, keys: ['latencyOver'] });
  if (from !== undefined || to !== undefined) parts.push({ text: `${from ?? ''}…${to ?? ''}`, keys: ['from', 'to'] });
  if (path !== undefined) {
    parts.push({ text: value === undefined ? path : `${path} = "${value}"`, keys: ['path', 'value'] });
  }
  if (q !== undefined) parts.push({ text: q, keys: ['q'] });
  return parts;
}

/** The address without one of its filters. */
export const without = ({ keys }: QueryPart) => Object.fromEntries(keys.map((key) => [key, undefined]));

/** What takes a filter, or one of several charge points, out of the address. */
export interface Chip {
  text: string;
  isRange: boolean;
  without: FilterPatch;
}

export function chipsOf(search: MessageSearch): Chip[] {
  const names = search.thingName?.split(',') ?? [];
  const things = names.map((name) => ({
    text: `thing:${name}`,
    isRange: false,
    without: { thingName: names.filter((other) => other !== name).join() || undefined },
  }));
  const others = partsOf(search).filter(({ keys }) => !keys.includes('thingName'));
  return [
    ...things,
    ...others.map((part) => ({ text: part.text, isRange: part.keys.includes('from'), without: without(part) })),
  ];
}

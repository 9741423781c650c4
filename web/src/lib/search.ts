/** Search parameters are what people paste: unknown until read here, wrong values dropped. */
export type RawSearch = Record<string, unknown>;

export function text(search: RawSearch, name: string): string | undefined {
  const value = search[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function oneOf<T extends string>(search: RawSearch, name: string, values: readonly T[]): T | undefined {
  const value = search[name];
  return values.find((known) => known === value);
}

/** An instant as RFC 3339, else nothing. */
export function instant(search: RawSearch, name: string): string | undefined {
  const value = text(search, name);
  return value !== undefined && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** The members that have a value: equal filters become equal keys and equal addresses. */
export function compact<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

/** An empty text asks for nothing, but for the one that a member of a payload is compared with. */
export const saysSomething = (name: string, text: string): boolean => text !== '' || name === 'value';

/** Plain `?a=b`, without the router's JSON quoting: addresses stay readable in tickets. */
export function parseSearch(searchText: string): RawSearch {
  return Object.fromEntries(new URLSearchParams(searchText));
}

export function stringifySearch(search: RawSearch): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && saysSomething(name, value)) params.set(name, value);
  }
  const result = params.toString();
  return result === '' ? '' : `?${result}`;
}

import { LIMITS } from './charge-point-state.ts';

/** A payload that may be anything. */
export type Members = Readonly<Record<string, unknown>>;

const NOTHING: Members = Object.freeze({});

export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : NOTHING;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A bounded text, or null for anything else and for an empty one. */
export function textOf(value: unknown, max: number = LIMITS.text): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, max) : null;
}

export function integerOf(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null;
}

/** Meter values are strings in 1.6 and numbers in 2.x. */
export function decimalOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.length > 40 || !/^\s*[+-]?(\d|\.\d)/.test(value)) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** The first and the last moment that RFC 3339 has a year for. */
const FIRST_TIME = Date.parse('0000-01-01T00:00:00Z');
const LAST_TIME = Date.parse('9999-12-31T23:59:59.999Z');

/** The charge point's own time, or `otherwise` where it has none that can be read. */
export function timeOf(value: unknown, otherwise: number): number {
  if (typeof value !== 'string' || value.length > 64) return otherwise;
  return possibleTime(Date.parse(value), otherwise);
}

/** A time that was computed from what a charge point says, or `otherwise` where there is no such time. */
export const possibleTime = (time: number, otherwise: number): number =>
  time >= FIRST_TIME && time <= LAST_TIME ? Math.round(time) : otherwise;

/** The last `max` of a list and one more entry. */
export function appended<T>(list: readonly T[], entry: T, max: number): T[] {
  return list.length < max ? [...list, entry] : [...list.slice(list.length - max + 1), entry];
}

import type { ReplayRange } from './replay-queries.ts';

const KEY = 'cpo-console.replays';
const MAX = 8;

/** What was looked at in this browser, the newest first. */
export function recentReplays(): ReplayRange[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isRange).slice(0, MAX) : [];
  } catch {
    return [];
  }
}

export function rememberReplay(range: ReplayRange): void {
  const others = recentReplays().filter((other) => keyOf(other) !== keyOf(range));
  try {
    localStorage.setItem(KEY, JSON.stringify([range, ...others].slice(0, MAX)));
  } catch {
    // A browser that keeps nothing has no recent ones.
  }
}

export const keyOf = ({ thingName, from, to, import: importId = '' }: ReplayRange): string =>
  [thingName, from, to, importId].join(' ');

function isRange(value: unknown): value is ReplayRange {
  const range = value as Partial<ReplayRange> | null;
  return (
    typeof range?.thingName === 'string' &&
    Number.isFinite(Date.parse(String(range.from))) &&
    Number.isFinite(Date.parse(String(range.to))) &&
    (range.import === undefined || typeof range.import === 'string')
  );
}

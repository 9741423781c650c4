import { OUTLINE_KINDS, type ReplayOutline } from '@cpo-console/shared/api/log.ts';

/** What the vertical sequence shows: an exchange by its first row, after a quiet time of so many milliseconds. */
export interface SequenceItem {
  row: number;
  quietMs: number;
}

export interface Sequence {
  items: SequenceItem[];
  /** The place in `items` that each row of the log belongs to. */
  itemOf: number[];
}

/** A bar of the timeline. */
export interface Part {
  rows: number;
  troubled: number;
}

export interface Gap {
  from: number;
  to: number;
}

const EVENT = OUTLINE_KINDS.indexOf('event');

export const timeOf = (outline: ReplayOutline, row: number): number =>
  outline.start + (outline.at[row] ?? outline.at.at(-1) ?? 0);

/** From the first row to the last: what was asked for may be a day of which only an hour has rows. */
export function extentOf(outline: ReplayOutline): Gap {
  const from = timeOf(outline, 0);
  return { from, to: Math.max(from + 1, timeOf(outline, outline.at.length - 1)) };
}

/** Answers stand in the row of their CALL. */
export function sequenceOf(outline: ReplayOutline): Sequence {
  const callOf = new Map<number, number>();
  outline.answer.forEach((answer, call) => {
    if (answer >= 0) callOf.set(answer, call);
  });
  const items: SequenceItem[] = [];
  const itemOf: number[] = [];
  let last = 0;
  outline.at.forEach((at, row) => {
    const call = callOf.get(row);
    if (call === undefined) {
      itemOf.push(items.length);
      items.push({ row, quietMs: items.length === 0 ? 0 : at - last });
    } else itemOf.push(itemOf[call] ?? 0);
    last = at;
  });
  return { items, itemOf };
}

/** The last row that is not later than the instant; 0 when all are. */
export function rowAt(outline: ReplayOutline, instant: number): number {
  const at = instant - outline.start;
  let low = 0;
  let high = outline.at.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((outline.at[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

export function rowOfFrame(outline: ReplayOutline, id: string | undefined): number | null {
  if (id === undefined) return null;
  const row = outline.ids.indexOf(Number(id));
  return row < 0 ? null : row;
}

/** Rows that a list names by their ids. */
export function rowsOf(outline: ReplayOutline, ids: Iterable<string>): Set<number> {
  const sought = new Set([...ids].map(Number));
  const rows = new Set<number>();
  if (sought.size === 0) return rows;
  outline.ids.forEach((id, row) => {
    if (sought.has(id)) rows.add(row);
  });
  return rows;
}

/** The next row in a direction that something is wrong with, by itself or as a finding says. */
export function nextTrouble(
  outline: ReplayOutline,
  { from, step, found }: { from: number; step: 1 | -1; found: ReadonlySet<number> },
): number | null {
  for (let row = from + step; row >= 0 && row < outline.mark.length; row += step)
    if (outline.mark[row] !== 0 || found.has(row)) return row;
  return null;
}

export function density(outline: ReplayOutline, range: Gap, parts: number): Part[] {
  const result = Array.from({ length: parts }, () => ({ rows: 0, troubled: 0 }));
  const width = (range.to - range.from) / parts;
  const first = range.from <= timeOf(outline, 0) ? 0 : rowAt(outline, range.from - 1) + 1;
  for (let row = first; row < outline.at.length; row += 1) {
    const instant = timeOf(outline, row);
    if (instant > range.to) break;
    const part = result[Math.min(parts - 1, Math.floor((instant - range.from) / width))];
    if (!part) continue;
    part.rows += 1;
    if (outline.mark[row] !== 0) part.troubled += 1;
  }
  return result;
}

/** Between a disconnect and the next connect. */
export function connectionGaps(outline: ReplayOutline, end: number): Gap[] {
  const connected = outline.actions.indexOf('connected');
  const disconnected = outline.actions.indexOf('disconnected');
  const gaps: Gap[] = [];
  let since: number | null = null;
  outline.kind.forEach((kind, row) => {
    if (kind !== EVENT) return;
    if (outline.action[row] === disconnected) since ??= timeOf(outline, row);
    if (outline.action[row] !== connected || since === null) return;
    gaps.push({ from: since, to: timeOf(outline, row) });
    since = null;
  });
  if (since !== null) gaps.push({ from: since, to: end });
  return gaps;
}

export const troubleCount = (outline: ReplayOutline): number => outline.mark.filter((mark) => mark !== 0).length;

import type { Gap } from './timeline.ts';

/** The part of a replay's time that the timeline shows. */
export type View = Gap;

/** Closer than this there is nothing more to see. */
const LEAST_MS = 4;

interface Zoom {
  /** Below 1 comes closer. */
  factor: number;
  /** The instant that stays where it is. */
  around: number;
}

export function zoomed(view: View, extent: Gap, { factor, around }: Zoom): View {
  const whole = extent.to - extent.from;
  const width = Math.min(whole, Math.max(Math.min(LEAST_MS, whole), (view.to - view.from) * factor));
  const part = Math.min(1, Math.max(0, (around - view.from) / (view.to - view.from)));
  return within({ from: around - width * part, to: around + width * (1 - part) }, extent);
}

/** Moved by a part of its own width: a half to the left is -0.5. */
export function panned(view: View, extent: Gap, share: number): View {
  const by = (view.to - view.from) * share;
  return within({ from: view.from + by, to: view.to + by }, extent);
}

/** As near as it can be to where it was with the instant in it. */
export function showing(view: View, extent: Gap, instant: number): View {
  if (instant >= view.from && instant <= view.to) return view;
  const half = (view.to - view.from) / 2;
  return within({ from: instant - half, to: instant + half }, extent);
}

export const isWhole = (view: View, extent: Gap): boolean => view.from <= extent.from && view.to >= extent.to;

/** What an address asks for; all of the time when that is no part of it. */
export function viewOf(asked: { from: string | undefined; to: string | undefined }, extent: Gap): View {
  const [from, to] = [Date.parse(asked.from ?? ''), Date.parse(asked.to ?? '')];
  if (!(from < to) || to <= extent.from || from >= extent.to) return extent;
  return within({ from, to }, extent);
}

function within({ from, to }: View, extent: Gap): View {
  const width = Math.round(Math.min(to - from, extent.to - extent.from));
  const start = Math.round(Math.min(Math.max(from, extent.from), extent.to - width));
  return { from: start, to: start + Math.max(1, width) };
}

import { setTimeout as elapse } from 'node:timers/promises';

/** Waits; false when the signal came first. Never throws. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  try {
    await elapse(milliseconds, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

/** 1, 2, 4 … 30 s, each shortened by up to half, so that a fleet does not come back at the same instant. */
export function backOffMs(attempt: number, random: () => number): number {
  const longest = Math.min(30_000, 1_000 * 2 ** Math.min(attempt, 5));
  return Math.round(longest * (1 - random() / 2));
}

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What is pinned of a day that has gone is a small log of its own: a folder with a segment of the journal and a day file. It
 * is built beside and renamed when it is whole; a later one has a higher number and counts instead.
 */
const NAME = /^(\d{4}-\d{2}-\d{2})\.(\d{1,9})$/;

/** Where the journal and the index of a log are. */
export interface LogPlace {
  journal: string;
  index: string;
}

export interface KeptDay extends LogPlace {
  day: string;
  number: number;
  folder: string;
}

export const keptDay = (kept: string, { day, number }: { day: string; number: number }): KeptDay => {
  const folder = join(kept, `${day}.${number}`);
  return { day, number, folder, journal: join(folder, 'journal'), index: join(folder, 'index') };
};

/** The newest of each day, oldest day first. */
export function listKeptDays(kept: string): KeptDay[] {
  const newest = new Map<string, KeptDay>();
  for (const each of allKeptDays(kept)) {
    if (each.number > (newest.get(each.day)?.number ?? 0)) newest.set(each.day, each);
  }
  return [...newest.values()].sort((a, b) => a.day.localeCompare(b.day));
}

/** What a crash left half done, and what has been replaced. */
export function removeKeptLeftovers(kept: string): void {
  const counting = new Set(listKeptDays(kept).map(({ folder }) => folder));
  for (const name of readdirSync(kept)) {
    const path = join(kept, name);
    if (!counting.has(path)) rmSync(path, { recursive: true, force: true });
  }
}

function allKeptDays(kept: string): KeptDay[] {
  return readdirSync(kept).flatMap((name) => {
    const [, day, number] = NAME.exec(name) ?? [];
    return day === undefined ? [] : [keptDay(kept, { day, number: Number(number) })];
  });
}

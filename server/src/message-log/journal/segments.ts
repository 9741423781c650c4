import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Segment files are named by a rising number, so that their names sort by age. */
const NAME = /^(\d{12})\.journal$/;

export const segmentPath = (folder: string, number: number): string =>
  join(folder, `${String(number).padStart(12, '0')}.journal`);

/** Numbers of the segments in the folder, oldest first. */
export function listSegments(folder: string): number[] {
  return readdirSync(folder)
    .map((name) => NAME.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

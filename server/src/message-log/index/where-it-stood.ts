import type { JournalPosition } from '../journal/journal.ts';
import { listDays, openDayFile } from './day-file.ts';

/** After a start. The clock may have been set back since the newest day, so the one before is asked too. */
export function whereItStood(folder: string): { lastId: number; reached: JournalPosition } {
  let lastId = 0;
  let reached: JournalPosition = { segment: 0, bytes: 0 };
  for (const day of listDays(folder).slice(-2)) {
    const file = openDayFile(folder, day, 'write');
    const newest = (file.prepare('SELECT max(id) FROM message').pluck().get() as number | null) ?? 0;
    const place = file.prepare('SELECT segment, bytes FROM reached').get() as JournalPosition | undefined;
    if (newest > lastId) lastId = newest;
    if (place !== undefined && isBeyond(place, reached)) reached = place;
    file.close();
  }
  return { lastId, reached };
}

const isBeyond = (place: JournalPosition, other: JournalPosition): boolean =>
  place.segment > other.segment || (place.segment === other.segment && place.bytes > other.bytes);

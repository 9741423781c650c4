import { folderBytes } from '../folder-bytes.ts';
import { dayOf, listDays } from '../index/day-file.ts';
import { IndexReader } from '../index/index-reader.ts';
import type { IndexWriter } from '../index/index-writer.ts';
import type { IndexFolders } from '../index/protocol.ts';
import { isUpToDate, keepPinned, pinsOfDay } from './keep-pinned.ts';
import { listKeptDays, removeKeptLeftovers } from './kept-days.ts';
import type { LogPlan, LogSizes } from './log-plan.ts';

/**
 * Makes the log what the plan says, in steps. Cut off at any place it can be run again: a day goes only when what is pinned of
 * it is safe.
 */
export function* prune(folders: IndexFolders, writer: IndexWriter, { before, pinned }: LogPlan): Generator<void> {
  removeKeptLeftovers(folders.kept);
  // The newest stays until there is a newer one: ids go on from there after a restart.
  const days = listDays(folders.index).slice(0, -1);
  const going = before === null ? [] : days.filter((day) => day < dayOf(before));
  for (const day of going) {
    yield* keepPinned(folders, day, pinsOfDay(day, pinned));
    writer.removeDay(day);
    yield;
  }
  for (const kept of listKeptDays(folders.kept)) {
    const pins = pinsOfDay(kept.day, pinned);
    if (!isUpToDate(kept, pins)) yield* keepPinned(folders, kept.day, pins);
    yield;
  }
}

export function sizesOf(folders: IndexFolders): LogSizes {
  const reader = new IndexReader(folders);
  try {
    const kept = listKeptDays(folders.kept);
    return {
      ...reader.extent(),
      bytes: folderBytes(folders.journal) + folderBytes(folders.index),
      pinned: {
        rows: kept.reduce((sum, { day }) => sum + reader.countKept(day), 0),
        bytes: folderBytes(folders.kept),
      },
    };
  } finally {
    reader.close();
  }
}

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { openDayFile } from '../index/day-file.ts';
import { IndexReader } from '../index/index-reader.ts';
import { IndexWriter } from '../index/index-writer.ts';
import type { IndexFolders } from '../index/protocol.ts';
import { decodeBatches, encodeBatch, encodeRecord } from '../journal/segment-format.ts';
import { segmentPath } from '../journal/segments.ts';
import { type KeptDay, keptDay, listKeptDays } from './kept-days.ts';
import type { PinnedRange } from './log-plan.ts';

const DAY_MS = 86_400_000;
const STEP_ROWS = 500;
const SEGMENT = 1;
const PINS = 'pinned.json';

/** The ranges that reach into a day, in an order that does not depend on when they were pinned. */
export function pinsOfDay(day: string, pinned: readonly PinnedRange[]): PinnedRange[] {
  const start = Date.parse(day);
  // A row of just before midnight may be in the file of the day after.
  const from = start - DAY_MS;
  return pinned
    .filter((pin) => pin.to > from && pin.from < start + DAY_MS)
    .map(({ thingName, from, to }) => ({ thingName, from, to }))
    .sort((a, b) => a.thingName.localeCompare(b.thingName) || a.from - b.from || a.to - b.to);
}

/** Whether a kept day has just what is pinned of it now. */
export const isUpToDate = (kept: KeptDay, pins: readonly PinnedRange[]): boolean =>
  readFileSync(join(kept.folder, PINS), 'utf8') === JSON.stringify(pins);

/**
 * Copies the pinned rows of a day to where they outlive it, with their ids. Yields between steps, so that whoever runs it can
 * do other things meanwhile. Nothing counts before the last step.
 */
export function* keepPinned(folders: IndexFolders, day: string, pins: readonly PinnedRange[]): Generator<void> {
  const before = listKeptDays(folders.kept).find((kept) => kept.day === day);
  if (pins.length === 0 && before === undefined) return;
  const next = keptDay(folders.kept, { day, number: (before?.number ?? 0) + 1 });
  const part = `${next.folder}.part`;
  rmSync(part, { recursive: true, force: true });
  const journal = join(part, 'journal');
  const index = join(part, 'index');
  for (const folder of [journal, index]) mkdirSync(folder, { recursive: true });
  const reader = new IndexReader(folders);
  const copy = createCopy({ journal, index, day });
  try {
    for (const rows of pinnedRows(reader, day, pins)) {
      copy.add(rows);
      yield;
    }
  } finally {
    reader.close();
    copy.close();
  }
  if (copy.rows() === 0) rmSync(part, { recursive: true, force: true });
  else {
    writeFileSync(join(part, PINS), JSON.stringify(pins), { flush: true });
    for (const folder of [journal, index, part]) syncFolder(folder);
    renameSync(part, next.folder);
  }
  // In this order: a crash in between leaves both, and the newer counts.
  syncFolder(folders.kept);
  if (before !== undefined) rmSync(before.folder, { recursive: true, force: true });
}

/** In the order of their ids, each once, however many ranges they are in. */
function* pinnedRows(reader: IndexReader, day: string, pins: readonly PinnedRange[]): Generator<LogRow[]> {
  const heads = pins.map((pin) => ({ pin, rows: [] as LogRow[], afterId: 0, done: false }));
  const fill = (head: (typeof heads)[number]): void => {
    if (head.done || head.rows.length > 0) return;
    head.rows = reader.ofDay(day, { ...head.pin, order: 'asc', afterId: head.afterId, limit: STEP_ROWS });
    head.afterId = head.rows.at(-1)?.id ?? head.afterId;
    head.done = head.rows.length < STEP_ROWS;
  };
  for (;;) {
    const step: LogRow[] = [];
    while (step.length < STEP_ROWS) {
      heads.forEach(fill);
      const id = Math.min(...heads.map(({ rows }) => rows[0]?.id ?? Number.POSITIVE_INFINITY));
      const owners = heads.filter(({ rows }) => rows[0]?.id === id);
      const row = owners[0]?.rows[0];
      if (row === undefined) break;
      step.push(row);
      for (const { rows } of owners) rows.shift();
    }
    if (step.length === 0) return;
    yield step;
  }
}

function createCopy({ journal, index, day }: { journal: string; index: string; day: string }) {
  const segment = openSync(segmentPath(journal, SEGMENT), 'w');
  // The day is there from the start, so that rows of just before midnight go where they were.
  openDayFile(index, day, 'write').close();
  const writer = new IndexWriter({ index, journal });
  let position = 0;
  let count = 0;
  return {
    rows: () => count,
    add(rows: readonly LogRow[]): void {
      const bytes = encodeBatch(rows.map(encodeRecord).join(''));
      writeSync(segment, bytes, 0, bytes.length, position);
      const indexed: Parameters<IndexWriter['write']>[0][number][] = [];
      const part = { segment: SEGMENT, position, bytes };
      decodeBatches(part, (row) => indexed.push(row));
      position += bytes.length;
      count += rows.length;
      writer.write(indexed, { segment: SEGMENT, bytes: position }, part);
    },
    close(): void {
      fsyncSync(segment);
      closeSync(segment);
      writer.close();
    },
  };
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

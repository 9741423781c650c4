import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeBatches, encodeBatch, encodeRecord, type IndexedRow } from '../journal/segment-format.ts';
import { segmentPath } from '../journal/segments.ts';
import { dayFilePath, dayOf, openDayFile } from './day-file.ts';
import { IndexWriter } from './index-writer.ts';
import { bitsOf } from './signature.ts';
import { createCandidates } from './signature-store.ts';
import type { IdRange } from './signed-blocks.ts';

const NOON = Date.UTC(2026, 4, 4, 12);
const NEXT_NOON = NOON + 86_400_000;
const SEGMENT = 1;

let dataDir: string;
let folders: { index: string; journal: string };
let position: number;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'index-writer-'));
  folders = { index: join(dataDir, 'index'), journal: join(dataDir, 'journal') };
  for (const folder of Object.values(folders)) mkdirSync(folder);
  position = 0;
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** Puts rows into the journal; `write` indexes them. */
function journaled(rows: readonly { id: number; at: number }[]): { write(writer: IndexWriter): void } {
  const bytes = encodeBatch(rows.map((row) => encodeRecord(rowOf(row))).join(''));
  appendFileSync(segmentPath(folders.journal, SEGMENT), bytes);
  const part = { segment: SEGMENT, position, bytes };
  position += bytes.length;
  const end = { segment: SEGMENT, bytes: position };
  const indexed: IndexedRow[] = [];
  decodeBatches(part, (row) => indexed.push(row));
  return { write: (writer) => writer.write(indexed, end, part) };
}

const rowOf = ({ id, at }: { id: number; at: number }): LogRow => ({
  id,
  at,
  thingName: 'CP1',
  connectionId: 'c1',
  direction: 'in',
  kind: 'call',
  action: 'Heartbeat',
  messageId: String(id),
  frame: `[2,"${id}","Heartbeat",{}]`,
  latencyMs: null,
  errorCode: null,
  violations: null,
});

const rowsOf = (first: number, last: number, at = NOON): { id: number; at: number }[] =>
  Array.from({ length: last - first + 1 }, (_, index) => ({ id: first + index, at }));

/** The parts of the day that a search for a text has to read. */
function read(text: string, at: number, [first, last]: [first: number, last: number]): IdRange[] {
  const file = openDayFile(folders.index, dayOf(at), 'read');
  const range = { first, last };
  const ranges = createCandidates(file, range, bitsOf([text])).runs(range);
  file.close();
  return ranges;
}

const NOWHERE = 'not to be found';

it('after a crash signs what was waiting to be signed', () => {
  const crashed = new IndexWriter(folders);
  journaled(rowsOf(1, 10_000)).write(crashed);
  expect(read(NOWHERE, NOON, [1, 10_000])).toEqual([{ first: 8_193, last: 10_000 }]);
  const writer = new IndexWriter(folders);
  journaled(rowsOf(10_001, 10_100)).write(writer);
  writer.close();
  expect(read(NOWHERE, NOON, [1, 10_100])).toEqual([]);
  const block = read('"9500"', NOON, [1, 10_100]).find(({ first, last }) => first <= 9_500 && last >= 9_500);
  expect(block).toBeDefined();
});

it('after a crash signs the rest of a day that gets no more rows', () => {
  const crashed = new IndexWriter(folders);
  journaled(rowsOf(1, 300)).write(crashed);
  journaled(rowsOf(301, 302, NEXT_NOON)).write(new IndexWriter(folders));
  expect(read(NOWHERE, NOON, [1, 300])).toEqual([]);
});

it('starts when the frames that are not signed cannot be read', () => {
  journaled(rowsOf(1, 300)).write(new IndexWriter(folders));
  rmSync(segmentPath(folders.journal, SEGMENT));
  expect(new IndexWriter(folders).lastId).toBe(300);
});

it('when the next day cannot be written, goes on with the day before indexed and signed', () => {
  const writer = new IndexWriter(folders);
  const rows = journaled([...rowsOf(1, 300), ...rowsOf(301, 310, NEXT_NOON)]);
  const inTheWay = dayFilePath(folders.index, dayOf(NEXT_NOON));
  mkdirSync(inTheWay);
  expect(() => rows.write(writer)).toThrow();
  rmSync(inTheWay, { recursive: true });
  rows.write(writer);
  writer.close();
  expect(writer.lastId).toBe(310);
  expect(read(NOWHERE, NOON, [1, 300])).toEqual([]);
  expect(read(NOWHERE, NEXT_NOON, [301, 310])).toEqual([]);
});

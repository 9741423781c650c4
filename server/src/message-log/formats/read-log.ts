import { parseCsv } from '../../text/csv.ts';
import { createFrameJoiner, type NumberedLine } from './join-frames.ts';
import type { LineOutcome } from './logged-line.ts';
import { readLines } from './read-lines.ts';
import { isCsvHeader, readCsvRow, readLogLine } from './read-log-line.ts';
import type { TextLine } from './text-log.ts';
import { DamagedFile } from './unpack.ts';

/** A row of CSV whose quotes are never closed ends somewhere. */
const MAX_ROW = 4 << 20;

export type NumberedOutcome = LineOutcome & Partial<TextLine> & { lineNumber: number };

/** Reads a log of any encoding: what can be read, and what can't. */
export async function* readLog(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedOutcome> {
  const damages: DamagedFile[] = [];
  let lineNumber = 0;
  for await (const outcome of readWhole(upToDamage(chunks, damages))) {
    ({ lineNumber } = outcome);
    yield outcome;
  }
  for (const { message } of damages) yield { kind: 'bad', problem: message, lineNumber: lineNumber + 1 };
}

async function* readWhole(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedOutcome> {
  const lines = numbered(readLines(chunks));
  const first = await lines.next();
  if (first.done) return;
  const all = withFirst(first.value, lines);
  const { text } = first.value;
  const header = text === null || text.startsWith('{') ? [] : cellsOf(text);
  yield* isCsvHeader(header) ? readRows(header, lines) : readText(all);
}

/** As if it were all. */
async function* upToDamage(chunks: AsyncIterable<Uint8Array>, damages: DamagedFile[]): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    damages.push(error);
  }
}

async function* numbered(lines: AsyncIterable<string | null>): AsyncGenerator<NumberedLine> {
  let lineNumber = 0;
  for await (const text of lines) yield { text, lineNumber: ++lineNumber };
}

async function* withFirst(first: NumberedLine, rest: AsyncIterable<NumberedLine>): AsyncGenerator<NumberedLine> {
  yield first;
  yield* rest;
}

const tooLong = (lineNumber: number): NumberedOutcome => ({ kind: 'bad', problem: 'the line is too long', lineNumber });

async function* readText(lines: AsyncIterable<NumberedLine>): AsyncGenerator<NumberedOutcome> {
  const joiner = createFrameJoiner();
  /** When what was read last happened: some lines only have a time of the day, or none. */
  let before: number | null = null;
  const read = ({ text, lineNumber }: NumberedLine): NumberedOutcome => {
    if (text === null) return tooLong(lineNumber);
    const outcome = { ...readLogLine(text, before), lineNumber };
    if (outcome.kind === 'line') before = outcome.line.at;
    return outcome;
  };
  for await (const line of lines) for (const whole of joiner.add(line)) yield read(whole);
  for (const line of joiner.rest()) yield read(line);
}

async function* readRows(header: string[], lines: AsyncIterable<NumberedLine>): AsyncGenerator<NumberedOutcome> {
  let row = '';
  let begun = 0;
  const cutOff = (): NumberedOutcome => ({ kind: 'bad', problem: 'the row was cut off', lineNumber: begun });
  const isWholeRow = (text: string): boolean => isClosed(text) && readCsvRow(header, cellsOf(text)).kind === 'line';
  for await (const { text, lineNumber } of lines) {
    if (text === null) {
      yield tooLong(lineNumber);
      continue;
    }
    // A cell may hold line breaks: then its quotes are not closed yet. But no cell holds a row.
    if (row !== '' && isWholeRow(text)) {
      yield cutOff();
      row = '';
    }
    if (row === '') begun = lineNumber;
    row = row === '' ? text : `${row}\n${text}`;
    if (!isClosed(row) && row.length < MAX_ROW) continue;
    if (row !== '') yield { ...readCsvRow(header, cellsOf(row)), lineNumber };
    row = '';
  }
  if (row !== '') yield cutOff();
}

const isClosed = (row: string): boolean => row.split('"').length % 2 === 1;

const cellsOf = (text: string): string[] => parseCsv(text)[0]?.cells ?? [];

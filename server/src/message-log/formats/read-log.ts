import { parseCsv } from '../../text/csv.ts';
import { createFrameJoiner, type NumberedLine } from './join-frames.ts';
import type { LineOutcome } from './logged-line.ts';
import { readLines } from './read-lines.ts';
import { isCsvHeader, readCsvRow, readLogLine } from './read-log-line.ts';
import type { TextLine } from './text-log.ts';

/** A row of CSV whose quotes are never closed ends somewhere. */
const MAX_ROW = 4 << 20;

export type NumberedOutcome = LineOutcome & Partial<TextLine> & { lineNumber: number };

/** Reads a log of any encoding: what can be read, and what can't. */
export async function* readLog(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedOutcome> {
  const lines = numbered(readLines(chunks));
  const first = await lines.next();
  if (first.done) return;
  const all = withFirst(first.value, lines);
  const { text } = first.value;
  const header = text === null || text.startsWith('{') ? [] : cellsOf(text);
  yield* isCsvHeader(header) ? readRows(header, lines) : readText(all);
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
  let last = 0;
  for await (const { text, lineNumber } of lines) {
    last = lineNumber;
    if (text === null) {
      yield tooLong(lineNumber);
      continue;
    }
    row = row === '' ? text : `${row}\n${text}`;
    // A cell may hold line breaks: then its quotes are not closed yet.
    if (row.split('"').length % 2 === 0 && row.length < MAX_ROW) continue;
    if (row !== '') yield { ...readCsvRow(header, cellsOf(row)), lineNumber };
    row = '';
  }
  if (row !== '') yield { kind: 'bad', problem: 'the row was cut off', lineNumber: last };
}

const cellsOf = (text: string): string[] => parseCsv(text)[0]?.cells ?? [];

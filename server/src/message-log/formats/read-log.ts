import { TextDecoder } from 'node:util';
import { parseCsv } from '../../text/csv.ts';
import type { LineOutcome } from './logged-line.ts';
import { isCsvHeader, readCsvRow, readLogLine } from './read-log-line.ts';
import type { TextLine } from './text-log.ts';

/** Longer lines are no log's: they are cut off and listed. */
const MAX_LINE = 4 << 20;

export type NumberedOutcome = LineOutcome & Partial<TextLine> & { lineNumber: number };

/** Reads a log from bytes of any encoding with a byte order mark, else UTF-8: what can be read, and what can't. */
export async function* readLog(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedOutcome> {
  let header: string[] | null = null;
  let row = '';
  let lineNumber = 0;
  for await (const text of linesOf(chunks)) {
    lineNumber += 1;
    if (text === null) {
      yield { kind: 'bad', problem: 'the line is too long', lineNumber };
      continue;
    }
    if (lineNumber === 1 && !text.startsWith('{')) {
      const cells = cellsOf(text);
      if (isCsvHeader(cells)) {
        header = cells;
        continue;
      }
    }
    if (header === null) {
      yield { ...readLogLine(text), lineNumber };
      continue;
    }
    row = row === '' ? text : `${row}\n${text}`;
    // A cell may hold line breaks: then its quotes are not closed yet.
    if (row.split('"').length % 2 === 0 && row.length < MAX_LINE) continue;
    if (row !== '') yield { ...readCsvRow(header, cellsOf(row)), lineNumber };
    row = '';
  }
  if (row !== '') yield { kind: 'bad', problem: 'the row was cut off', lineNumber };
}

const cellsOf = (text: string): string[] => parseCsv(text)[0]?.cells ?? [];

/** null for a line that is too long. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string | null> {
  let decoder: TextDecoder | null = null;
  let rest = '';
  let tooLong = false;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    rest += decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', from)) {
      yield tooLong ? null : rest.slice(from, end).replace(/\r$/, '');
      tooLong = false;
      from = end + 1;
    }
    rest = rest.slice(from);
    if (rest.length > MAX_LINE) {
      tooLong = true;
      rest = '';
    }
  }
  rest += decoder?.decode() ?? '';
  if (tooLong) yield null;
  else if (rest !== '') yield rest;
}

function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

import { parseCsv } from '../../text/csv.ts';
import type { LineOutcome } from './logged-line.ts';
import { readLines } from './read-lines.ts';
import { isCsvHeader, readCsvRow, readLogLine } from './read-log-line.ts';
import type { TextLine } from './text-log.ts';

/** A row of CSV whose quotes are never closed ends somewhere. */
const MAX_ROW = 4 << 20;

export type NumberedOutcome = LineOutcome & Partial<TextLine> & { lineNumber: number };

/** Reads a log of any encoding: what can be read, and what can't. */
export async function* readLog(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedOutcome> {
  let header: string[] | null = null;
  let row = '';
  let lineNumber = 0;
  for await (const text of readLines(chunks)) {
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
    if (row.split('"').length % 2 === 0 && row.length < MAX_ROW) continue;
    if (row !== '') yield { ...readCsvRow(header, cellsOf(row)), lineNumber };
    row = '';
  }
  if (row !== '') yield { kind: 'bad', problem: 'the row was cut off', lineNumber };
}

const cellsOf = (text: string): string[] => parseCsv(text)[0]?.cells ?? [];

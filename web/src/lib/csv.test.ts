import { expect, test } from 'vitest';
import { parseCsv, toCsv } from './csv.ts';

test('a cell that a spreadsheet would run as a formula is written as text', () => {
  expect(toCsv(['a'], [['=1+1'], ['+2'], ['-3'], ['@x'], [-3]])).toBe("a\r\n'=1+1\r\n'+2\r\n'-3\r\n'@x\r\n-3\r\n");
});

test('what is written reads back: commas, quotes and line breaks inside cells', () => {
  const rows = [
    ['CP1', 'a, b'],
    ['say "hi"', 'two\nlines'],
  ];
  expect(parseCsv(toCsv(['x', 'y'], rows))).toEqual([['x', 'y'], ...rows]);
});

test('empty lines are no rows', () => {
  expect(parseCsv('CP1,a\n\n  \nCP2,b')).toEqual([
    ['CP1', 'a'],
    ['CP2', 'b'],
  ]);
});

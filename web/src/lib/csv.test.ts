import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

test('a cell that a spreadsheet would run as a formula is written as text', () => {
  expect(toCsv(['a'], [['=1+1'], ['+2'], ['-3'], ['@x'], ['＝1'], [-3]])).toBe(
    "a\r\n'=1+1\r\n'+2\r\n'-3\r\n'@x\r\n'＝1\r\n-3\r\n",
  );
});

test('commas, quotes and line breaks stay inside their cell', () => {
  expect(toCsv(['x', 'y'], [['a, b', 'say "hi"\ntwice']])).toBe('x,y\r\n"a, b","say ""hi""\ntwice"\r\n');
});

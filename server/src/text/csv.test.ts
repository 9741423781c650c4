import { expect, it } from 'vitest';
import { csvCell, parseCsv, textOfCell } from './csv.ts';

it.each(['=1+1', '+2', '-3', '@x', '\t=1', '\r=1', '\n=1', '＝1', '＠x'])('%j is text to a spreadsheet', (text) => {
  const cell = parseCsv(csvCell(text))[0]?.cells[0] ?? '';
  expect(cell).toBe(`'${text}`);
  expect(textOfCell(cell)).toBe(text);
});

it.each(['plain', 'a=b', "'quoted'", '[2,"1","X",{}]'])('%j is written as it is', (text) => {
  expect(parseCsv(csvCell(text))[0]?.cells[0]).toBe(text);
});

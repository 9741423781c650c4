import { expect, it } from 'vitest';
import { duration, latency, otherDay } from './format.ts';

it.each([
  [-5, '0:00:00'],
  [10_400, '0:00:10'],
  [98 * 60_000, '1:38:00'],
  [26 * 3_600_000 + 4 * 60_000 + 9_000, '26:04:09'],
])('a session of %d ms lasts %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});

it.each([
  [214, '214 ms'],
  [9_999, '9,999 ms'],
  [35_000, '35.0 s'],
])('an answer after %d ms took %s', (milliseconds, text) => {
  expect(latency('en', milliseconds)).toBe(text);
});

it('tells the day of what was not today', () => {
  const noon = new Date(2026, 4, 4, 12);
  expect(otherDay('en', noon.toISOString(), new Date(2026, 4, 4, 23).getTime())).toBeNull();
  expect(otherDay('en', noon.toISOString(), new Date(2026, 4, 5, 1).getTime())).toBe('May 4, 2026');
});

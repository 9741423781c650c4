import { expect, it } from 'vitest';
import { duration } from './format.ts';

it.each([
  [-5, '0:00:00'],
  [10_400, '0:00:10'],
  [98 * 60_000, '1:38:00'],
  [26 * 3_600_000 + 4 * 60_000 + 9_000, '26:04:09'],
])('a session of %d ms lasts %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});

import { expect, test } from 'vitest';
import { timeOf } from './read-payload.ts';

test.each([
  ['2026-05-04T10:00:00Z', '2026-05-04T10:00:00.000Z'],
  ['2026-05-04T10:00:00.123456789+02:00', '2026-05-04T08:00:00.123Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
])('%s is a time', (text, time) => {
  expect(new Date(timeOf(text, 0)).toISOString()).toBe(time);
});

test.each([
  '9999-12-31T23:59:59-01:00',
  '+275760-09-13T00:00:00Z',
  '-000001-12-31T23:59:59Z',
  '2026-02-30T25:00:00Z',
  'today',
  '',
  5,
  null,
])('%s is none, and has no year that RFC 3339 knows', (value) => {
  expect(timeOf(value, 7)).toBe(7);
});

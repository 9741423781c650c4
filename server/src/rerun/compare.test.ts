import { expect, it } from 'vitest';
import { compareAnswers, compareValues } from './compare.ts';

const result = (payload: unknown) => ({ kind: 'result', payload }) as const;
const error = (code: string, description = '') => ({ kind: 'error', code, description, details: {} }) as const;

it('times and ids are other ones, everything else counts', () => {
  const then = { currentTime: '2026-01-01T10:00:00.000Z', transactionId: 1, status: 'Accepted', interval: 60 };
  const now = { status: 'Accepted', interval: 60, transactionId: 2, currentTime: '2026-05-04T00:00:00Z' };
  expect(compareValues(then, now)).toEqual([]);
  expect(compareValues(then, { ...now, interval: 300 })).toEqual([{ path: '/interval', recorded: 60, today: 300 }]);
  expect(compareValues(then, { ...now, currentTime: 'later' })).toMatchObject([{ path: '/currentTime' }]);
});

it('what only one of them has is a difference, also a time or an id', () => {
  expect(compareValues({ idTokenInfo: { status: 'Accepted' } }, {})).toEqual([
    { path: '/idTokenInfo', recorded: { status: 'Accepted' }, today: undefined },
  ]);
  expect(compareValues({}, { transactionId: 1, expiryDate: '2026-01-01T10:00:00Z' })).toHaveLength(2);
});

it('lists are compared place by place; a name with a slash is still one name', () => {
  expect(compareValues({ 'a/b': [{ x: 1 }, { x: 2 }] }, { 'a/b': [{ x: 1 }, { x: 3 }, 4] })).toEqual([
    { path: '/a~1b/1/x', recorded: 2, today: 3 },
    { path: '/a~1b/2', recorded: undefined, today: 4 },
  ]);
});

it('of an error its code counts, not its words', () => {
  expect(compareAnswers(error('NotSupported', 'no'), error('NotSupported', 'never'))).toEqual([]);
  expect(compareAnswers(error('NotSupported'), error('InternalError'))).toEqual([
    { path: '', recorded: 'NotSupported', today: 'InternalError' },
  ]);
  expect(compareAnswers(error('NotSupported'), result({}))).toHaveLength(1);
});

it('is not drowned by an answer that is another one throughout', () => {
  const many = (value: number) => Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`n${index}`, value]));
  expect(compareValues(many(1), many(2))).toHaveLength(50);
  const [place] = compareValues({ a: 'x'.repeat(5_000) }, { a: 1 });
  expect(String(place?.recorded)).toHaveLength(1_001);
});

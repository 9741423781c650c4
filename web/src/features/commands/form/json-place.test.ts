import { jsonLanguage } from '@codemirror/lang-json';
import { expect, test } from 'vitest';
import { placeOf } from './json-place.ts';

const text = '{"a": [1, {"b/c": "x"}], "d": {}}';
const at = (pointer: string): string => {
  const { from, to } = placeOf(jsonLanguage.parser.parse(text), text, pointer);
  return text.slice(from, to);
};

test('a pointer is found in the text', () => {
  expect([at('/a/0'), at('/a/1'), at('/d'), at('')]).toEqual(['1', '{', '{', '{']);
});

test('what is missing is marked at the object that lacks it', () => {
  expect(at('/d/e')).toBe('{');
  expect(at('/a/7')).toBe('[');
});

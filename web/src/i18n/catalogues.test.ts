import { expect, test } from 'vitest';
import { en } from './en.ts';
import { ja } from './ja.ts';

function texts(node: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string') found.set(path + key, value);
    else for (const each of texts(value, `${path}${key}.`)) found.set(...each);
  }
  return found;
}
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
const [english, japanese] = [texts(en), texts(ja)];

test('Japanese has every text that English has, and no other', () => {
  expect([...japanese.keys()].sort()).toEqual([...english.keys()].sort());
  expect(english.size).toBeGreaterThan(200);
});

test('no text is empty', () => {
  for (const [key, text] of [...english, ...japanese]) expect(text.trim(), key).not.toBe('');
});

test('a text fills in the same values in both languages', () => {
  for (const [key, text] of english) expect(placeholders(japanese.get(key) ?? ''), key).toEqual(placeholders(text));
});

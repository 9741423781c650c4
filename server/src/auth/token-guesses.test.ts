import { beforeEach, expect, test } from 'vitest';
import { createTokenGuesses, type TokenGuesses } from './token-guesses.ts';

const HERE = '10.0.0.1';
let time: number;
let guesses: TokenGuesses;
beforeEach(() => {
  time = 1_700_000_000_000;
  guesses = createTokenGuesses(() => time);
  for (let n = 0; n < 10; n += 1) guesses.note(HERE, `guess ${n}`, false);
});

test('after ten different wrong tokens new ones from that address wait for the rest of the minute', () => {
  time += 15_000;
  expect(guesses.waitFor(HERE, 'another')).toBe(45_000);
  expect(guesses.waitFor('10.0.0.2', 'another')).toBe(0);
  time += 45_000;
  expect(guesses.waitFor(HERE, 'another')).toBe(0);
});

test('the same wrong token again and again is no guessing', () => {
  for (let n = 0; n < 100; n += 1) guesses.note('10.0.0.3', 'an old token', false);
  expect(guesses.waitFor('10.0.0.3', 'another')).toBe(0);
});

test('a token that was right before is not held back, until it is wrong', () => {
  guesses.note('10.0.0.9', 'right', true);
  expect(guesses.waitFor(HERE, 'right')).toBe(0);
  guesses.note('10.0.0.9', 'right', false);
  expect(guesses.waitFor(HERE, 'right')).toBe(60_000);
});

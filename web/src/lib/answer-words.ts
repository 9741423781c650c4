import type { TFunction } from 'i18next';
import { answersEn } from '../i18n/answers.en.ts';
import { callErrorsEn } from '../i18n/call-errors.en.ts';

/** What a charge point's word to an action means; null where the word says it by itself, or nobody knows it. */
export function answerWords(t: TFunction, action: string, word: string | null): string | null {
  const key = `${action} ${word}`;
  return isIn(answersEn, key) ? t(`answers.${key}`) : null;
}

/** What the code of its CALLERROR means; null when nobody knows it. */
export const callErrorWords = (t: TFunction, code: string): string | null =>
  isIn(callErrorsEn, code) ? t(`callErrors.${code}`) : null;

const isIn = <T extends object>(words: T, key: string): key is keyof T & string => Object.hasOwn(words, key);

import type { TFunction } from 'i18next';
import { answersEn } from '../i18n/answers.en.ts';

/** What a charge point's word to an action means; null where the word says it by itself, or nobody knows it. */
export function answerWords(t: TFunction, action: string, word: string | null): string | null {
  const key = `${action} ${word}`;
  return isKnown(key) ? t(`answers.${key}`) : null;
}

const isKnown = (key: string): key is keyof typeof answersEn => Object.hasOwn(answersEn, key);

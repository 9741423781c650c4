import { ACTIONS } from '@cpo-console/shared/ocpp/actions.ts';
import { OCPP_ERROR_CODES } from '@cpo-console/shared/ocpp-j/frame.ts';
import i18next from 'i18next';
import { expect, test } from 'vitest';
import { answersEn } from '../i18n/answers.en.ts';
import { startI18n } from '../i18n/i18n.ts';
import { answerWords, callErrorWords } from './answer-words.ts';

test('an answer is told in plain words; one that nobody knows only as it is', async () => {
  await startI18n('en');
  expect(answerWords(i18next.t, 'UnlockConnector', 'OngoingAuthorizedTransaction')).toMatch(/Stop it first/);
  for (const word of [null, 'constructor', '__proto__', 'UnlockConnector Unlocked', '$t(app.name)']) {
    expect(answerWords(i18next.t, 'UnlockConnector', word)).toBeNull();
  }
});

test('each is of an action that there is', () => {
  const actions = new Set(Object.values(ACTIONS).flatMap((ofVersion) => Object.keys(ofVersion)));
  for (const key of Object.keys(answersEn)) expect(actions).toContain(key.split(' ')[0]);
});

test('an error is told in plain words; one that nobody knows only as it is', async () => {
  await startI18n('en');
  for (const code of OCPP_ERROR_CODES) expect(callErrorWords(i18next.t, code)).toMatch(/\.$/);
  expect(callErrorWords(i18next.t, 'FormationViolation')).toMatch(/read/);
  for (const code of ['', 'constructor', '$t(app.name)']) expect(callErrorWords(i18next.t, code)).toBeNull();
});

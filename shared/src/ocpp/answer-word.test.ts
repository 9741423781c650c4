import { expect, it } from 'vitest';
import { answerWord, isAccepting } from './answer-word.ts';

it.each([
  [{ status: 'Rejected', statusInfo: { reasonCode: 'NoCable' } }, 'Rejected'],
  [{ setVariableResult: [{ attributeStatus: 'Accepted' }, { attributeStatus: 'Accepted' }] }, 'Accepted ×2'],
  [
    { setVariableResult: [{ attributeStatus: 'Accepted' }, { attributeStatus: 'RebootRequired' }] },
    'Accepted, RebootRequired',
  ],
  [{ clearMonitoringResult: [{ status: 'NotFound', id: 1 }] }, 'NotFound'],
  [{ getVariableResult: [null, 5, { attributeStatus: {} }] }, null],
  [{ setVariableResult: 'Accepted' }, null],
  [{}, null],
  [null, null],
])('%j answers with %j', (response, word) => {
  expect(answerWord(response)).toBe(word);
});

it('everything but a known acceptance is a refusal', () => {
  for (const word of ['Accepted', 'Scheduled', 'Unlocked', 'AcceptedCanceled', 'Accepted ×2, RebootRequired'])
    expect([word, isAccepting(word)]).toEqual([word, true]);
  for (const word of [
    'Rejected',
    'Occupied',
    'Unavailable',
    'VersionMismatch',
    'EmptyResultSet',
    'Accepted, Rejected ×3',
    '',
  ])
    expect([word, isAccepting(word)]).toEqual([word, false]);
});

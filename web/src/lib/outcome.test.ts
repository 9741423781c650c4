import { pairExchanges } from '@cpo-console/shared/message-log/exchanges.ts';
import { expect, test } from 'vitest';
import { fakeMessage } from '../testing/fake-data.ts';
import { outcomeOf, outcomesOf, titleOf } from './outcome.ts';

const call = (payload: object, action = 'Heartbeat', part: object = {}) =>
  fakeMessage(1, {
    kind: 'call',
    direction: 'in',
    action,
    messageId: 'a',
    frame: JSON.stringify([2, 'a', action, payload]),
    ...part,
  });
const result = (payload: object) =>
  fakeMessage(2, {
    kind: 'result',
    direction: 'out',
    action: 'Heartbeat',
    messageId: 'a',
    latencyMs: 4,
    frame: JSON.stringify([3, 'a', payload]),
  });

test('a call is waiting at first and has no answer later; a list of single frames claims neither', () => {
  const [row] = pairExchanges([call({})]);
  const at = Date.parse(row!.at);
  expect(outcomeOf(row!, at + 1000, true)?.say).toBe('waiting');
  expect(outcomeOf(row!, at + 31_000, true)?.say).toBe('noAnswer');
  expect(outcomeOf(row!, at + 31_000, false)).toBeNull();
});

test('a row says what its frames say', () => {
  const ended = { eventType: 'Ended', transactionInfo: { stoppedReason: 'Remote' } };
  const [row] = pairExchanges([result({}), call(ended, 'TransactionEvent')]);
  expect(titleOf(row!)).toBe('TransactionEvent Ended');
  expect(outcomeOf(row!, 0, true)?.words).toBe('Remote');
});

test('what is remarkable comes first, each by itself', () => {
  const violations = [{ path: '/a', rule: 'format', message: 'x', code: 'FormatViolation' }];
  const [row] = pairExchanges([result({ status: 'Rejected' }), call({}, 'Authorize', { violations, repeatsId: true })]);
  expect(outcomesOf(row!, 0, true).map(({ say, words }) => say ?? words)).toEqual([
    'Rejected',
    'repeatedId',
    'violations',
  ]);
});

test('a connector in use is no refusal, a command answered with the same word is', () => {
  const status = { connectorStatus: 'Occupied', evseId: 1, connectorId: 1 };
  const [inUse] = pairExchanges([result({}), call(status, 'StatusNotification')]);
  expect(outcomeOf(inUse!, 0, true)).toMatchObject({ words: '1 Occupied', tone: 'chg' });
  const [refused] = pairExchanges([result({ status: 'Occupied' }), call({}, 'ReserveNow')]);
  expect(outcomeOf(refused!, 0, true)).toMatchObject({ words: 'Occupied', tone: 'bad' });
});

test('a frame that is no JSON is shown, not thrown', () => {
  const [row] = pairExchanges([fakeMessage(1, { kind: 'malformed', direction: 'in', frame: '[2,"' })]);
  expect(outcomeOf(row!, 0, true)?.say).toBe('malformed');
});

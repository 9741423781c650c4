import { expect, test } from 'vitest';
import { fakeMessage } from '../testing/fake-data.ts';
import { pairExchanges } from './exchanges.ts';
import { outcomeOf, titleOf } from './outcome.ts';

const call = (id: number, messageId: string, action = 'Heartbeat', direction: 'in' | 'out' = 'in') =>
  fakeMessage(id, { kind: 'call', direction, action, messageId, frame: JSON.stringify([2, messageId, action, {}]) });
const result = (id: number, messageId: string, action = 'Heartbeat', direction: 'in' | 'out' = 'out') =>
  fakeMessage(id, {
    kind: 'result',
    direction,
    action,
    messageId,
    latencyMs: 4,
    frame: JSON.stringify([3, messageId, { status: 'Accepted' }]),
  });

test('a call and its answer are one row, in the order of the calls', () => {
  const rows = pairExchanges([result(4, 'b'), result(3, 'a'), call(2, 'b'), call(1, 'a')]);
  expect(rows.map((row) => [row.id, row.answer?.id])).toEqual([
    ['2', '4'],
    ['1', '3'],
  ]);
});

test('the same message id in the other direction is another exchange', () => {
  const rows = pairExchanges([
    result(3, 'a', 'Reset', 'in'),
    call(2, 'a', 'Heartbeat', 'in'),
    call(1, 'a', 'Reset', 'out'),
  ]);
  expect(rows.map((row) => [row.id, row.answer?.id ?? null])).toEqual([
    ['2', null],
    ['1', '3'],
  ]);
});

test('an id that is used again pairs with the answer that follows it', () => {
  const rows = pairExchanges([result(4, 'a'), call(3, 'a'), result(2, 'a'), call(1, 'a')]);
  expect(rows.map((row) => [row.id, row.answer?.id])).toEqual([
    ['3', '4'],
    ['1', '2'],
  ]);
});

test('an answer whose call is not there keeps its place', () => {
  const rows = pairExchanges([call(3, 'z'), result(2, 'a'), call(1, 'b')]);
  expect(rows.map((row) => row.id)).toEqual(['3', '2', '1']);
});

test('another connection does not answer a call', () => {
  const answer = { ...result(2, 'a'), connectionId: 'other' };
  expect(pairExchanges([answer, call(1, 'a')])).toHaveLength(2);
});

test('a call is waiting at first and has no answer later; a filtered list claims neither', () => {
  const [row] = pairExchanges([call(1, 'a')]);
  const at = Date.parse(row!.at);
  expect(outcomeOf(row!, at + 1000, true)?.say).toBe('waiting');
  expect(outcomeOf(row!, at + 31_000, true)?.say).toBe('noAnswer');
  expect(outcomeOf(row!, at + 31_000, false)).toBeNull();
});

test('a row says what its frames say', () => {
  const frame = JSON.stringify([
    2,
    'a',
    'TransactionEvent',
    { eventType: 'Ended', transactionInfo: { stoppedReason: 'Remote' } },
  ]);
  const [row] = pairExchanges([
    result(2, 'a', 'TransactionEvent'),
    fakeMessage(1, { kind: 'call', direction: 'in', action: 'TransactionEvent', messageId: 'a', frame }),
  ]);
  expect(titleOf(row!)).toBe('TransactionEvent Ended');
  expect(outcomeOf(row!, 0, true)?.words).toBe('Remote');
});

test('a frame that is no JSON is shown, not thrown', () => {
  const [row] = pairExchanges([fakeMessage(1, { kind: 'malformed', direction: 'in', frame: '[2,"' })]);
  expect(outcomeOf(row!, 0, true)?.say).toBe('malformed');
});

import { describe, expect, it } from 'vitest';
import type { Message } from '../api/messages.ts';
import { flagsOf, statusOf } from './exchange-flags.ts';
import { messagesOf, pairExchanges, tookMs } from './exchanges.ts';

const START = Date.UTC(2026, 4, 4, 10);
const message = (id: number, part: Partial<Message>): Message => ({
  id: String(id),
  thingName: 'CP1',
  connectionId: 'c1',
  at: new Date(START + id).toISOString(),
  direction: 'in',
  kind: 'call',
  action: 'Heartbeat',
  messageId: 'a',
  frame: '[]',
  bytes: 2,
  ...part,
});
const call = (id: number, messageId: string, part: Partial<Message> = {}) => message(id, { messageId, ...part });
const result = (id: number, messageId: string, part: Partial<Message> = {}) =>
  message(id, { messageId, kind: 'result', direction: 'out', latencyMs: 4, ...part });

describe('messages become exchanges', () => {
  const pairs = (messages: Message[]) =>
    pairExchanges(messages).map((row) =>
      messagesOf(row)
        .map(({ id }) => id)
        .join('-'),
    );

  it('a call and its answer are one row, in the order of the calls', () => {
    expect(pairs([result(4, 'b'), result(3, 'a'), call(2, 'b'), call(1, 'a')])).toEqual(['2-4', '1-3']);
  });

  it('the same message id in the other direction is another exchange', () => {
    const answer = result(3, 'a', { direction: 'in' });
    expect(pairs([answer, call(2, 'a'), call(1, 'a', { direction: 'out' })])).toEqual(['2', '1-3']);
  });

  it('an id that is used again pairs with the answer that follows it', () => {
    expect(pairs([result(4, 'a'), call(3, 'a'), result(2, 'a'), call(1, 'a')])).toEqual(['3-4', '1-2']);
  });

  it('an answer whose call is not there keeps its place', () => {
    expect(pairs([call(3, 'z'), result(2, 'a'), call(1, 'b')])).toEqual(['3', '2', '1']);
  });

  it('another connection does not answer a call', () => {
    expect(pairs([result(2, 'a', { connectionId: 'other' }), call(1, 'a')])).toHaveLength(2);
  });

  it('a text that is no frame is one row with the error that answered it', () => {
    const error = result(2, 'a', { kind: 'error' });
    expect(pairs([error, call(1, 'a', { kind: 'malformed', action: null })])).toEqual(['1-2']);
  });
});

describe('an exchange is', () => {
  const flags = (messages: Message[], { after = 1_000, status = null as string | null } = {}) =>
    pairExchanges(messages).map((row) => flagsOf(row, { now: START + after, status }).join(' '));

  it('unanswered, once the time for an answer is over', () => {
    expect(flags([call(1, 'a')])).toEqual(['']);
    expect(flags([call(1, 'a')], { after: 31_000 })).toEqual(['unanswered']);
    expect(flags([result(2, 'a'), call(1, 'a')], { after: 31_000 })).toEqual(['']);
  });

  it('late, when its answer came after its caller had given up; how long it took is told all the same', () => {
    const { latencyMs: _none, ...answer } = result(40_000, 'a', { direction: 'in', action: null });
    const asked = call(1, 'a', { direction: 'out' });
    expect(flags([answer, asked], { after: 50_000 })).toEqual(['late']);
    expect(tookMs(pairExchanges([answer, asked])[0]!)).toBe(39_999);
  });

  it('an orphan, when an answer has no call; not when the call is merely elsewhere', () => {
    const { latencyMs: _none, ...answer } = result(2, 'a', { direction: 'in', action: null });
    expect(flags([answer])).toEqual(['orphan']);
    expect(flags([result(2, 'a', { partnerId: null })])).toEqual(['orphan']);
    expect(flags([result(2, 'a')])).toEqual(['']);
    expect(flags([{ ...answer, frame: '[5,"a","GenericError","",{}]' }])).toEqual(['']);
  });

  it('one that repeats a message id', () => {
    expect(flags([result(2, 'a'), call(1, 'a', { repeatsId: true })])).toEqual(['repeated-id']);
  });

  it('refused, by an error or by what the answer says', () => {
    expect(flags([result(2, 'a', { kind: 'error', errorCode: 'NotSupported' }), call(1, 'a')])).toEqual(['refused']);
    expect(flags([result(2, 'a'), call(1, 'a')], { status: 'Rejected' })).toEqual(['refused']);
    expect(flags([result(2, 'a'), call(1, 'a')], { status: 'Accepted' })).toEqual(['']);
  });

  it('violated, on either side, and may be several of these', () => {
    const violations = [{ path: '/a', rule: 'format', message: 'x', code: 'FormatViolation' as const }];
    expect(flags([result(2, 'a'), call(1, 'a', { violations })])).toEqual(['violated']);
    const error = result(2, 'a', { kind: 'error', violations });
    expect(flags([error, call(1, 'a', { repeatsId: true })])).toEqual(['refused repeated-id violated']);
  });
});

it('an answer sums up with its status, wherever its action keeps it', () => {
  expect(statusOf({ status: 'Accepted' })).toBe('Accepted');
  expect(statusOf({ idTagInfo: { status: 'Blocked' } })).toBe('Blocked');
  expect(statusOf({ idTokenInfo: { status: 'Invalid' } })).toBe('Invalid');
  const each = (...words: string[]) => words.map((attributeStatus) => ({ attributeStatus }));
  expect(statusOf({ setVariableResult: each('Accepted', 'UnknownVariable') })).toBe('UnknownVariable');
  expect(statusOf({ setVariableResult: each('Accepted') })).toBeNull();
  expect(statusOf(null)).toBeNull();
});

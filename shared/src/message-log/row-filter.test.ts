import { expect, it } from 'vitest';
import type { LogRow } from './log-row.ts';
import { matcherOf, type RowFilter } from './row-filter.ts';

const row: LogRow = {
  id: 1,
  thingName: 'CP1',
  connectionId: 'c1',
  at: 1_000,
  direction: 'out',
  kind: 'error',
  action: 'Heartbeat',
  messageId: 'a',
  frame: '[4]',
  latencyMs: 40,
  errorCode: 'InternalError',
  violations: [{ path: '', rule: 'format', message: '', code: 'FormatViolation' }],
};

it('what only an answer has is found together with what is in the CALL that it answers', () => {
  const call: LogRow = { ...row, kind: 'call', direction: 'in', frame: '[2,"ABC"]', latencyMs: null, errorCode: null };
  expect(matcherOf({ latencyOver: 39, q: 'abc' })(row, call)).toBe(true);
  expect(matcherOf({ errorCode: 'InternalError', q: 'abc' })(row, call)).toBe(true);
  expect(matcherOf({ latencyOver: 40, q: 'abc' })(row, call)).toBe(false);
  expect(matcherOf({ latencyOver: 39, q: 'xyz' })(row, call)).toBe(false);
  expect(matcherOf({ q: 'abc' })(row, call)).toBe(false);
});

it.each<[RowFilter, RowFilter]>([
  [{ thingName: 'CP1' }, { thingName: 'cp1' }],
  [{ thingNames: ['CP1', 'CP9'] }, { thingNames: ['CP9'] }],
  [{ from: 1_000 }, { from: 1_001 }],
  [{ to: 1_001 }, { to: 1_000 }],
  [{ direction: 'out' }, { direction: 'in' }],
  [{ exchangeDirection: 'in' }, { exchangeDirection: 'out' }],
  [{ kind: 'error' }, { kind: 'result' }],
  [{ action: 'Heartbeat' }, { action: 'Reset' }],
  [{ messageId: 'a' }, { messageId: 'b' }],
  [{ errorCode: 'InternalError' }, { errorCode: 'GenericError' }],
  [{ violation: true }, { violation: false }],
  [{ violation: 'format' }, { violation: 'required' }],
  [{ latencyOver: 39 }, { latencyOver: 40 }],
])('%j lets a row through that %j does not', (fitting, other) => {
  expect(matcherOf(fitting)(row)).toBe(true);
  expect(matcherOf(other)(row)).toBe(false);
  expect(matcherOf({ ...fitting, thingName: 'CP2' })(row)).toBe(false);
});

import { expect, it } from 'vitest';
import { wireSessionOf } from './session-of.ts';

it.each([
  ['[2,"a","TransactionEvent",{"transactionInfo":{"transactionId":"t1"}}]', 't1'],
  ['[2,"a","StopTransaction",{"transactionId":7,"meterStop":1}]', '7'],
  ['[3,"a",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]', '7'],
  ['[2,"a","RequestStopTransaction",{"transactionId":"t1"}]', 't1'],
  ['[2,"a","Heartbeat",{}]', null],
  ['[2,"a"', null],
  ['[4,"a","InternalError","",{}]', null],
])('%s speaks of session %s', (frame, id) => {
  expect(wireSessionOf(frame)).toBe(id);
});

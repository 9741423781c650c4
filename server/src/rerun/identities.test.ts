import { expect, it } from 'vitest';
import { createIdentities } from './identities.ts';

it('1.6: the session has the id that the CSMS gives it today, wherever it is named', () => {
  const ids = createIdentities({ protocol: 'ocpp1.6', newId: () => 'unused' });
  expect(ids.rewrite({ transactionId: 7, meterStop: 7 })).toEqual({ transactionId: 7, meterStop: 7 });
  ids.learn('StartTransaction', { transactionId: 7 }, { transactionId: 41, idTagInfo: { status: 'Accepted' } });
  expect(ids.rewrite({ transactionId: 7, meterStop: 7 })).toEqual({ transactionId: 41, meterStop: 7 });
  expect(ids.rewrite({ transactionId: 41 })).toEqual({ transactionId: 41 });
});

it('2.x: the charge point makes up another id, the same one throughout', () => {
  let made = 0;
  const ids = createIdentities({ protocol: 'ocpp2.0.1', newId: () => `new-${++made}` });
  const event = (transactionId: string) => ({ transactionInfo: { transactionId }, seqNo: 0 });
  expect(ids.rewrite(event('t1'))).toEqual(event('new-1'));
  expect(ids.rewrite([event('t2'), event('t1')])).toEqual([event('new-2'), event('new-1')]);
});

it('what the CSMS asks for by number is answered with today’s number', () => {
  const ids = createIdentities({ protocol: 'ocpp2.0.1', newId: () => 'unused' });
  ids.learn('GetBaseReport', { requestId: 3 }, { requestId: 99, reportBase: 'FullInventory' });
  ids.learn('RequestStartTransaction', { remoteStartId: 3 }, { remoteStartId: 5 });
  ids.learn('ReserveNow', { id: 8 }, { id: 9 });
  expect(ids.rewrite({ requestId: 3, seqNo: 3 })).toEqual({ requestId: 99, seqNo: 3 });
  expect(ids.rewrite({ transactionInfo: { remoteStartId: 3 }, reservationId: 8 })).toEqual({
    transactionInfo: { remoteStartId: 5 },
    reservationId: 9,
  });
});

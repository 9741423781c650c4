import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../../test/support/eventually.ts';
import { startCsms, type TestCsms } from '../testing/start-csms.ts';

let csms: TestCsms;
beforeEach(async () => {
  csms = await startCsms();
  csms.present('CP1', 'ocpp1.6');
  csms.present('CP2', 'ocpp2.0.1');
});
afterEach(() => csms.stop());

const STATUS = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
const START = { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: '2026-05-04T11:00:00Z' };

test('a Heartbeat is answered in the same tick', () => {
  csms.say('CP1', [2, 'h', 'Heartbeat', {}]);
  expect(csms.outOf('CP1')).toEqual([[3, 'h', { currentTime: '2026-05-04T12:00:00.000Z' }]]);
});

test.each([
  ['CP1', 'Bogus', 'NotImplemented'],
  ['CP1', 'constructor', 'NotImplemented'],
  ['CP1', 'Reset', 'NotImplemented'],
  ['CP2', 'StartTransaction', 'NotImplemented'],
  ['CP2', 'Reset', 'NotImplemented'],
])('%s: %s is answered with %s', async (thingName, action, code) => {
  expect(await csms.call(thingName, action, {})).toBe(code);
});

test.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)('%s: a certificate to sign is declined', async (version) => {
  csms.present('CP4', version);
  expect(await csms.call('CP4', 'SignCertificate', { csr: 'x' })).toEqual({ status: 'Rejected' });
});

test('what a handler cannot do without is refused in the spelling of the version', async () => {
  expect(await csms.call('CP1', 'StartTransaction', { ...START, idTag: undefined })).toBe(
    'OccurenceConstraintViolation',
  );
  expect(await csms.call('CP2', 'Authorize', {})).toBe('OccurrenceConstraintViolation');
  expect(await csms.call('CP1', 'StatusNotification', { ...STATUS, connectorId: '1' })).toBe('TypeConstraintViolation');
});

test('what real charge points get wrong without harm is accepted', async () => {
  const sloppy = { ...STATUS, status: 'Idle', info: 'x'.repeat(300), timestamp: '2026-05-04T12:00:00', extra: 1 };
  expect(await csms.call('CP1', 'StatusNotification', sloppy)).toEqual({});
  expect(await csms.call('CP1', 'StatusNotification', { ...STATUS, connectorId: 0, vendorId: '' })).toEqual({});
});

test('a charge point gets its answers in order, and waits for no other', async () => {
  csms.say('CP1', [2, 'a', 'StartTransaction', START]);
  csms.say('CP1', [2, 'b', 'Heartbeat', {}]);
  csms.say('CP2', [2, 'c', 'Heartbeat', {}]);
  expect(csms.outOf('CP1')).toEqual([]);
  expect(csms.outOf('CP2')).toHaveLength(1);
  await eventually(() => expect(csms.outOf('CP1').map((frame) => frame[1])).toEqual(['a', 'b']));
});

test('a message that was answered on the connection gets the same answer again', async () => {
  csms.say('CP1', [2, 'a', 'Heartbeat', {}]);
  csms.clock.now += 1000;
  csms.say('CP1', [2, 'a', 'Heartbeat', {}]);
  const [first, second] = csms.outOf('CP1');
  expect(second).toEqual(first);
  csms.present('CP1', 'ocpp1.6');
  csms.say('CP1', [2, 'a', 'Heartbeat', {}]);
  expect(csms.outOf('CP1')[2]).toEqual([3, 'a', { currentTime: '2026-05-04T12:00:01.000Z' }]);
});

test('another message with the id of the one before is a message of its own', async () => {
  const status = (connectorId: number) => ({ ...STATUS, connectorId });
  csms.say('CP1', [2, '1', 'Heartbeat', {}]);
  csms.say('CP1', [2, '1', 'StatusNotification', status(1)]);
  csms.say('CP1', [2, '1', 'StatusNotification', status(2)]);
  await eventually(() =>
    expect(csms.outOf('CP1')).toEqual([
      [3, '1', { currentTime: '2026-05-04T12:00:00.000Z' }],
      [3, '1', {}],
      [3, '1', {}],
    ]),
  );
});

test('what cannot be stored is answered with InternalError and works when sent again', async () => {
  csms.faults.storage = true;
  expect(await csms.call('CP1', 'StartTransaction', START)).toBe('InternalError');
  expect(csms.transactions.activeAt('CP1', null, 1)).toBeUndefined();
  csms.faults.storage = false;
  expect(await csms.call('CP1', 'StartTransaction', START)).toMatchObject({ transactionId: expect.any(Number) });
});

test('the version is that of the newest connection', async () => {
  csms.present('CP1', 'ocpp2.1');
  expect(await csms.call('CP1', 'StartTransaction', START)).toBe('NotImplemented');
});

test('what an older connection still announces changes nothing', async () => {
  const older = csms.present('CP3', 'ocpp2.1');
  const newer = csms.present('CP3', 'ocpp1.6');
  expect(newer.epoch).toBeGreaterThan(older.epoch);
  csms.announce('CP3', { ...older, connected: false });
  csms.announce('CP3', older);
  const sending = csms.commands.send({ thingName: 'CP3', action: 'ClearCache', payload: {}, sentBy: 'ada' });
  expect(await csms.call('CP3', 'StartTransaction', START)).toMatchObject({ transactionId: expect.any(Number) });
  csms.announce('CP3', { ...older, connected: false });
  await eventually(() => expect(csms.outOf('CP3').some((frame) => frame[2] === 'ClearCache')).toBe(true));
  const clearCache = csms.outOf('CP3').find((frame) => frame[2] === 'ClearCache');
  csms.say('CP3', [3, clearCache?.[1], { status: 'Accepted' }]);
  expect(await sending).toMatchObject({ command: { status: 'answered' } });
});

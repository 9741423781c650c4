import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCsms, type TestCsms } from '../../testing/start-csms.ts';

let csms: TestCsms;
beforeEach(async () => {
  csms = await startCsms();
  csms.present('CP1', 'ocpp1.6');
});
afterEach(() => csms.stop());

const start = (facts: object = {}) =>
  csms.call('CP1', 'StartTransaction', {
    connectorId: 1,
    idTag: 'A',
    meterStart: 100,
    timestamp: '2026-05-04T11:00:00Z',
    ...facts,
  }) as Promise<{ transactionId: number; idTagInfo: { status: string } }>;
const sessions = async () => (await csms.transactions.list({ limit: 10 })).items;

test('BootNotification is accepted, and the shadow tells the charge point in the words of 2.x', async () => {
  const boot = {
    chargePointVendor: 'V',
    chargePointModel: 'M',
    chargePointSerialNumber: 'S',
    firmwareVersion: '1',
    iccid: 'I',
  };
  expect(await csms.call('CP1', 'BootNotification', boot)).toEqual({
    status: 'Accepted',
    currentTime: '2026-05-04T12:00:00.000Z',
    interval: 300,
  });
  const chargingStation = {
    vendorName: 'V',
    model: 'M',
    serialNumber: 'S',
    firmwareVersion: '1',
    modem: { iccid: 'I', imsi: null },
  };
  expect(csms.reports).toEqual([{ thingName: 'CP1', reported: { chargingStation, reason: null } }]);
});

test('Authorize: unknown, accepted, blocked, past expiry, without regard to case', async () => {
  await csms.token('Good', { groupIdToken: 'G', expiresAt: '2027-01-01T00:00:00.000Z' });
  await csms.token('Blocked', { status: 'Blocked' });
  await csms.token('Old', { expiresAt: '2026-01-01T00:00:00.000Z' });
  const of = async (idTag: string) =>
    ((await csms.call('CP1', 'Authorize', { idTag })) as { idTagInfo: object }).idTagInfo;
  expect(await of('nobody')).toEqual({ status: 'Invalid' });
  expect(await of('GOOD')).toEqual({ status: 'Accepted', expiryDate: '2027-01-01T00:00:00.000Z', parentIdTag: 'G' });
  expect(await of('Blocked')).toEqual({ status: 'Blocked' });
  expect(await of('Old')).toMatchObject({ status: 'Expired' });
});

test('StartTransaction gets an id also when its token is not accepted, and the same when it is sent again', async () => {
  const first = await start();
  expect(first).toMatchObject({ idTagInfo: { status: 'Invalid' } });
  expect(first.transactionId).toBeGreaterThanOrEqual(1);
  expect((await start()).transactionId).toBe(first.transactionId);
  await csms.call('CP1', 'StopTransaction', {
    transactionId: first.transactionId,
    meterStop: 1,
    timestamp: '2026-05-04T11:30:00Z',
  });
  expect((await start()).transactionId).toBe(first.transactionId);
  expect(await sessions()).toHaveLength(1);
});

test('a token in more sessions than its limit is ConcurrentTx; a repetition is no other session', async () => {
  await csms.token('A');
  await csms.token('MANY', { concurrentLimit: 2 });
  expect((await start()).idTagInfo.status).toBe('Accepted');
  expect((await start()).idTagInfo.status).toBe('Accepted');
  expect((await start({ connectorId: 2 })).idTagInfo.status).toBe('ConcurrentTx');
  await start({ idTag: 'MANY' });
  expect((await start({ idTag: 'many', connectorId: 2 })).idTagInfo.status).toBe('Accepted');
  expect((await start({ idTag: 'MANY', connectorId: 3 })).idTagInfo.status).toBe('ConcurrentTx');
  await csms.token('ANY', { concurrentLimit: null });
  for (const connectorId of [4, 5, 6]) {
    expect((await start({ idTag: 'ANY', connectorId })).idTagInfo.status).toBe('Accepted');
  }
  expect(await csms.call('CP1', 'Authorize', { idTag: 'A' })).toMatchObject({ idTagInfo: { status: 'Accepted' } });
});

test('a session from start to stop: meter values, energy, reason; stored when answered', async () => {
  await csms.token('A');
  const { transactionId } = await start();
  const sampledValue = [
    { value: '1.1', unit: 'kWh' },
    { value: '7', unit: 'kW', measurand: 'Power.Active.Import' },
  ];
  const meterValue = [{ timestamp: '2026-05-04T11:10:00Z', sampledValue }];
  expect(await csms.call('CP1', 'MeterValues', { connectorId: 1, transactionId, meterValue })).toEqual({});
  const [running] = await sessions();
  expect(running).toMatchObject({ active: true, meterStart: 100, energyWh: 1000, powerW: 7000 });
  expect(await csms.transactions.meterValues(running!.id)).toMatchObject([
    {
      at: '2026-05-04T11:10:00.000Z',
      samples: [
        { value: 1.1, raw: '1.1', unit: 'kWh' },
        { value: 7, unit: 'kW' },
      ],
    },
  ]);
  const stop = {
    transactionId,
    meterStop: 2100,
    timestamp: '2026-05-04T11:30:00Z',
    reason: 'EVDisconnected',
    idTag: 'A',
  };
  expect(await csms.call('CP1', 'StopTransaction', stop)).toEqual({ idTagInfo: { status: 'Accepted' } });
  const ended = {
    active: false,
    meterStop: 2100,
    energyWh: 2000,
    stopReason: 'EVDisconnected',
    stoppedAt: '2026-05-04T11:30:00.000Z',
  };
  expect(await sessions()).toMatchObject([{ ...ended, idToken: 'A', transactionId: String(transactionId) }]);
});

test('StopTransaction for one that is not known, and MeterValues without one, are accepted', async () => {
  const timestamp = '2026-05-04T11:30:00Z';
  expect(await csms.call('CP1', 'StopTransaction', { transactionId: 4711, meterStop: 1, timestamp })).toEqual({});
  const meterValue = [{ timestamp, sampledValue: [{ value: '1' }] }];
  expect(await csms.call('CP1', 'MeterValues', { connectorId: 0, meterValue })).toEqual({});
  expect(await sessions()).toMatchObject([{ transactionId: '4711', active: false, startSeen: false }]);
});

test('a time that cannot be read is when the message came', async () => {
  await start({ timestamp: 'yesterday' });
  expect(await sessions()).toMatchObject([{ startedAt: '2026-05-04T12:00:00.000Z' }]);
});

test('a session that was closed by hand takes the stop that comes after all', async () => {
  const { transactionId } = await start();
  const [stuck] = await sessions();
  expect(await csms.transactions.close(stuck!.id, 'ada')).toMatchObject({ active: false, closedBy: 'ada' });
  const stop = { transactionId, meterStop: 500, timestamp: '2026-05-04T11:30:00Z', reason: 'PowerLoss' };
  await csms.call('CP1', 'StopTransaction', stop);
  expect(await sessions()).toMatchObject([{ stopReason: 'PowerLoss', meterStop: 500 }]);
});

test.each([
  ['DataTransfer', { vendorId: 'X' }, { status: 'UnknownVendorId' }],
  ['FirmwareStatusNotification', { status: 'Idle' }, {}],
  ['DiagnosticsStatusNotification', { status: 'Idle' }, {}],
  ['LogStatusNotification', { status: 'Idle' }, {}],
  ['SignedFirmwareStatusNotification', { status: 'Idle' }, {}],
  ['SecurityEventNotification', { type: 'X', timestamp: '2026-05-04T11:30:00Z' }, {}],
])('%s at any time is answered', async (action, payload, answer) => {
  expect(await csms.call('CP1', action, payload)).toEqual(answer);
});

test('sessions are there after a restart, the active ones known to be', async () => {
  const { transactionId } = await start();
  await csms.stop({ keepData: true });
  csms = await startCsms({ dataDir: csms.dataDir });
  expect(csms.transactions.active('CP1', String(transactionId))).toMatchObject({ meterStartWh: 100 });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startCsms, type TestCsms } from '../testing/start-csms.ts';

const EVENT = {
  eventId: 1,
  timestamp: '2026-05-04T11:00:00Z',
  trigger: 'Alerting',
  actualValue: '1',
  eventNotificationType: 'HardWiredMonitor',
  component: { name: 'C' },
  variable: { name: 'V' },
};

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s', (version) => {
  let csms: TestCsms;
  beforeEach(async () => {
    csms = await startCsms();
    csms.present('CP1', version);
  });
  afterEach(() => csms.stop());

  const at = (minute: number) => `2026-05-04T11:${String(minute).padStart(2, '0')}:00Z`;
  const reading = (minute: number, value: number, context?: string) => [
    {
      timestamp: at(minute),
      sampledValue: [{ value, ...(context && { context }), unitOfMeasure: { unit: 'Wh', multiplier: 1 } }],
    },
  ];
  const event = (eventType: string, seqNo: number, facts: object = {}) =>
    csms.call('CP1', 'TransactionEvent', {
      eventType,
      seqNo,
      timestamp: at(seqNo),
      triggerReason: 'ChargingStateChanged',
      transactionInfo: { transactionId: 'T1' },
      ...facts,
    });
  const idToken = { idToken: 'A', type: 'ISO14443' };
  const sessions = async () => (await csms.transactions.list({ limit: 10 })).items;

  test('B01.FR.02: BootNotification is accepted and lands in the shadow', async () => {
    const chargingStation = { vendorName: 'V', model: 'M', modem: { iccid: 'I' } };
    const answer = await csms.call('CP1', 'BootNotification', { chargingStation, reason: 'PowerUp' });
    expect(answer).toMatchObject({ status: 'Accepted', interval: 300 });
    expect(csms.reports).toEqual([{ thingName: 'CP1', reported: { chargingStation, reason: 'PowerUp' } }]);
  });

  test('C01: Authorize says what a token is worth, and its group; C02: NoAuthorization is accepted', async () => {
    await csms.token('A', { groupIdToken: 'G' });
    expect(await csms.call('CP1', 'Authorize', { idToken })).toEqual({
      idTokenInfo: { status: 'Accepted', groupIdToken: { idToken: 'G', type: 'Central' } },
    });
    const unknown = { idToken: 'B', type: 'ISO14443' };
    expect(await csms.call('CP1', 'Authorize', { idToken: unknown })).toEqual({ idTokenInfo: { status: 'Invalid' } });
    const button = { idToken: '', type: 'NoAuthorization' };
    expect(await csms.call('CP1', 'Authorize', { idToken: button })).toEqual({ idTokenInfo: { status: 'Accepted' } });
  });

  test('E: a session from start to end, with units and multipliers', async () => {
    await csms.token('A');
    const evse = { id: 1, connectorId: 1 };
    const begin = reading(0, 10, 'Transaction.Begin');
    expect(await event('Started', 0, { idToken, evse, meterValue: begin })).toEqual({
      idTokenInfo: { status: 'Accepted' },
    });
    const transactionInfo = { transactionId: 'T1', chargingState: 'Charging' };
    expect(await event('Updated', 1, { transactionInfo, meterValue: reading(1, 60) })).toEqual({});
    expect(await sessions()).toMatchObject([
      { active: true, meterStart: 100, energyWh: 500, chargingState: 'Charging', evseId: 1 },
    ]);
    await event('Ended', 2, {
      transactionInfo: { transactionId: 'T1', stoppedReason: 'EVDisconnected' },
      meterValue: reading(2, 110),
    });
    const ended = {
      active: false,
      stoppedAt: '2026-05-04T11:02:00.000Z',
      stopReason: 'EVDisconnected',
      meterStop: 1100,
    };
    const [session] = await sessions();
    expect(session).toMatchObject({ ...ended, energyWh: 1000, idToken: 'A' });
    expect(await csms.transactions.meterValues(session!.id)).toHaveLength(3);
  });

  test('E04: events that come late, in any order and more than once, are placed by their own time', async () => {
    await event('Ended', 2, { meterValue: reading(2, 110) });
    await event('Updated', 1, { meterValue: reading(1, 60) });
    await event('Started', 0, { idToken, meterValue: reading(0, 10, 'Transaction.Begin') });
    await event('Updated', 1, { meterValue: reading(1, 60) });
    const [session, ...others] = await sessions();
    expect(others).toEqual([]);
    const times = { startedAt: '2026-05-04T11:00:00.000Z', stoppedAt: '2026-05-04T11:02:00.000Z' };
    expect(session).toMatchObject({ ...times, active: false, meterStart: 100, meterStop: 1100, energyWh: 1000 });
    expect(await csms.transactions.meterValues(session!.id)).toHaveLength(3);
  });

  test('a token that charges elsewhere is ConcurrentTx where it starts, not where it ends', async () => {
    await csms.token('A');
    await event('Started', 0, { idToken });
    const other = { idToken, transactionInfo: { transactionId: 'T2' } };
    expect(await event('Started', 0, other)).toEqual({ idTokenInfo: { status: 'ConcurrentTx' } });
    expect(await event('Ended', 1, other)).toEqual({ idTokenInfo: { status: 'Accepted' } });
  });

  test('a TransactionEvent of an unknown kind is refused', async () => {
    expect(await event('Paused', 0)).toBe('PropertyConstraintViolation');
  });

  test('B07: NotifyReport tells the variables', async () => {
    const component = { name: 'EVSE', evse: { id: 1 } };
    const variableAttribute = [{ value: '22000', mutability: 'ReadOnly' }];
    const report = {
      requestId: 1,
      generatedAt: at(0),
      seqNo: 0,
      reportData: [{ component, variable: { name: 'Power' }, variableAttribute }],
    };
    expect(await csms.call('CP1', 'NotifyReport', report)).toEqual({});
    expect(await csms.variables.list('CP1')).toMatchObject([
      {
        component: { name: 'EVSE', evseId: 1 },
        variable: { name: 'Power' },
        attribute: 'Actual',
        value: '22000',
        mutability: 'ReadOnly',
      },
    ]);
  });

  test.each([
    ['Heartbeat', {}, { currentTime: '2026-05-04T12:00:00.000Z' }],
    ['StatusNotification', { timestamp: at(0), connectorStatus: 'Available', evseId: 0, connectorId: 0 }, {}],
    ['MeterValues', { evseId: 0, meterValue: reading(0, 1) }, {}],
    ['DataTransfer', { vendorId: 'X' }, { status: 'UnknownVendorId' }],
    ['FirmwareStatusNotification', { status: 'Idle' }, {}],
    ['LogStatusNotification', { status: 'Idle' }, {}],
    ['SecurityEventNotification', { type: 'X', timestamp: at(0) }, {}],
    ['NotifyEvent', { generatedAt: at(0), seqNo: 0, eventData: [EVENT] }, {}],
  ])('%s is answered', async (action, payload, answer) => {
    expect(await csms.call('CP1', action, payload)).toEqual(answer);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogRow } from '../message-log/log-row.ts';
import { ACTIONS } from '../ocpp/actions.ts';
import { type ChargePointState, initialState, LIMITS } from './charge-point-state.ts';
import { overallState } from './charge-point-status.ts';
import { fold } from './fold.ts';
import { iso, START, TestLog } from './test-log.ts';

function stateAfter(rows: readonly LogRow[], from: ChargePointState = initialState('CP1')): ChargePointState {
  return rows.reduce((state, row) => fold(state, row), from);
}
const after = (log: TestLog) => stateAfter(log.rows);

const BOOT_16 = {
  chargePointVendor: 'V',
  chargePointModel: 'M',
  chargeBoxSerialNumber: 'S',
  firmwareVersion: '1',
  iccid: 'I',
};

describe('connection', () => {
  test('a charge point that never came is never-seen, then connected, then offline', () => {
    const log = new TestLog();
    expect(overallState(after(log))).toBe('never-seen');
    expect(after(log.connect('ocpp1.6'))).toMatchObject({
      connected: true,
      protocol: 'ocpp1.6',
      remoteAddress: '192.0.2.1',
    });
    expect(overallState(after(log))).toBe('connected');
    expect(overallState(after(log.event('disconnected', { code: 1001, reason: '' })))).toBe('offline');
  });

  test('a log that begins in the middle of a connection says so by its first frame, whoever sent it', () => {
    for (const direction of ['in', 'out'] as const) {
      const state = after(new TestLog().call(direction, 'TriggerMessage', {}));
      expect(state).toMatchObject({ connected: true, connectedAt: START + 1_000 });
      expect(state.lastSeenAt).toBe(direction === 'in' ? START + 1_000 : null);
    }
  });

  test('the late close of a replaced connection does not mark it offline', () => {
    const log = new TestLog().connect('ocpp1.6', 'old').connect('ocpp2.0.1', 'new');
    log.connectionId = 'old';
    log.event('disconnected', { code: 1006, reason: '' });
    expect(after(log)).toMatchObject({
      connected: true,
      connectionId: 'new',
      protocol: 'ocpp2.0.1',
      disconnectedAt: null,
    });
  });

  test('a connection to the same gateway is the newer one, also when its clock was set back', () => {
    const log = new TestLog().connect('ocpp1.6', 'old').connect('ocpp2.0.1', 'new').earlier(3_600);
    log.event('disconnected', { code: 1000, reason: '' });
    log.connect('ocpp1.6', 'newest').earlier(7_200);
    expect(after(log)).toMatchObject({ connected: true, connectionId: 'newest', protocol: 'ocpp1.6' });
  });

  test('what a gateway that died hands in when it is back does not take the charge point from the one it hangs on', () => {
    const log = new TestLog().connect('ocpp2.0.1', 'new', 'b');
    log.connect('ocpp1.6', 'old', 'a').earlier(60).call('in', 'Heartbeat', {}).earlier(60);
    expect(after(log)).toMatchObject({ connected: true, connectionId: 'new', instance: 'b', protocol: 'ocpp2.0.1' });
  });

  test('one that went to a gateway whose clock is behind is online with the first frame that comes there', () => {
    const log = new TestLog().connect('ocpp2.0.1', 'old', 'a').connect('ocpp2.0.1', 'new', 'b').earlier(5);
    log.connectionId = 'old';
    log.event('disconnected', { code: 1000, reason: '' });
    log.call('in', 'Heartbeat', {}).earlier(60);
    log.connectionId = 'new';
    log.call('in', 'Heartbeat', {});
    expect(after(log)).toMatchObject({ connected: true, connectionId: 'new' });
  });

  test('a frame of a connection that was replaced does not bring the charge point back online', () => {
    const log = new TestLog().connect('ocpp2.0.1', 'old').connect('ocpp2.0.1', 'new');
    log.event('disconnected', { code: 1006, reason: '' });
    log.connectionId = 'old';
    log.call('in', 'Heartbeat', {});
    expect(after(log)).toMatchObject({ connected: false, connectionId: 'new' });
  });

  test('a refused attempt changes nothing but the events', () => {
    const log = new TestLog().connect('ocpp1.6');
    const before = after(log);
    log.connectionId = '';
    log.event('refused', { reason: 'bad-credentials', remoteAddress: '192.0.2.9', offeredProtocols: [] });
    expect({ ...after(log), recentEvents: [] }).toEqual({ ...before, recentEvents: [] });
  });

  test('outstanding CALLs end with the connection', () => {
    const log = new TestLog().connect('ocpp1.6').call('out', 'Reset', { type: 'Hard' });
    expect(after(log).pending).toHaveLength(1);
    expect(after(log.event('disconnected', { code: 1006, reason: '' })).pending).toEqual([]);
  });
});

describe('boot and status', () => {
  test('1.6 and 2.x describe the charging station in the same shape', () => {
    const log = new TestLog().connect('ocpp1.6').call('in', 'BootNotification', BOOT_16);
    expect(overallState(after(log))).toBe('booting');
    log.answer({ status: 'Accepted', interval: 300, currentTime: iso(0) });
    expect(overallState(after(log))).toBe('connected');
    expect(after(log).boot).toMatchObject({ status: 'Accepted', interval: 300, reason: null });
    const station = { vendorName: 'V', model: 'M', serialNumber: 'S', firmwareVersion: '1', modem: { iccid: 'I' } };
    const other = new TestLog().connect('ocpp2.0.1');
    other.call('in', 'BootNotification', { reason: 'PowerUp', chargingStation: station });
    expect(after(other).chargingStation).toEqual(after(log).chargingStation);
    expect(after(other).boot?.reason).toBe('PowerUp');
  });

  test('connectors in order, connector 0 apart, since when they have been so', () => {
    const log = new TestLog().connect('ocpp1.6');
    for (const [connectorId, status] of [
      [2, 'Available'],
      [0, 'Available'],
      [1, 'Faulted'],
      [1, 'Faulted'],
    ] as const) {
      log.call('in', 'StatusNotification', {
        connectorId,
        status,
        errorCode: 'NoError',
        timestamp: iso(log.rows.length),
      });
    }
    expect(after(log).station?.status).toBe('Available');
    expect(after(log).connectors).toEqual([
      { evseId: null, connectorId: 1, status: 'Faulted', since: START + 3_000 },
      { evseId: null, connectorId: 2, status: 'Available', since: START + 1_000 },
    ]);
    expect(overallState(after(log))).toBe('faulted');
  });

  test('2.x connectors by status or by event', () => {
    const log = new TestLog().connect('ocpp2.1');
    log.call('in', 'StatusNotification', { evseId: 1, connectorId: 1, connectorStatus: 'Occupied', timestamp: iso(0) });
    const place = {
      component: { name: 'Connector', evse: { id: 1, connectorId: 1 } },
      variable: { name: 'AvailabilityState' },
    };
    log.call('in', 'NotifyEvent', { eventData: [{ ...place, actualValue: 'Available', timestamp: iso(1) }] });
    expect(after(log).connectors).toMatchObject([{ evseId: 1, connectorId: 1, status: 'Available' }]);
  });
});

describe('transactions', () => {
  const started16 = () =>
    new TestLog()
      .connect('ocpp1.6')
      .call('in', 'StartTransaction', { connectorId: 1, idTag: 'T', meterStart: 1_000, timestamp: iso(0) })
      .answer({ transactionId: 7, idTagInfo: { status: 'Invalid' } });
  const sampled = (...sampledValue: object[]) => [{ timestamp: iso(60), sampledValue }];

  test('1.6: from its start to its stop, with readings in any unit and by phase', () => {
    const log = started16();
    expect(after(log).transactions).toMatchObject([
      { transactionId: '7', idToken: 'T', meterStartWh: 1_000, energyWh: null },
    ]);
    const power = (phase: string) => ({ value: '1.5', unit: 'kW', measurand: 'Power.Active.Import', phase });
    const meterValue = sampled({ value: '2.5', unit: 'kWh' }, ...['L1', 'L2', 'L3'].map(power), {
      value: '80',
      measurand: 'SoC',
    });
    log.call('in', 'MeterValues', { connectorId: 1, transactionId: 7, meterValue });
    expect(after(log).transactions).toMatchObject([
      { energyWh: 1_500, powerW: 4_500, soc: 80, lastMeterAt: START + 60_000 },
    ]);
    expect(overallState(after(log))).toBe('charging');
    log.call('in', 'StopTransaction', { transactionId: 7, meterStop: 3_000, timestamp: iso(99), reason: 'Local' });
    expect(after(log).transactions).toEqual([]);
    expect(after(log).recentEvents.at(-1)).toMatchObject({ name: 'transaction-ended', detail: '7: Local' });
  });

  test('1.6: one that was never stopped goes on beside a newer one on its connector, which takes what is said there', () => {
    const log = started16().call('in', 'StartTransaction', {
      connectorId: 1,
      idTag: 'U',
      meterStart: 5,
      timestamp: iso(500),
    });
    log.answer({ transactionId: 8 });
    const meterValue = [{ timestamp: iso(560), sampledValue: [{ value: '105' }] }];
    log.call('in', 'MeterValues', { connectorId: 1, meterValue });
    log.call('in', 'StatusNotification', { connectorId: 1, status: 'SuspendedEV', errorCode: 'NoError' });
    expect(after(log).transactions).toMatchObject([
      { transactionId: '7', energyWh: null },
      { transactionId: '8', energyWh: 100, chargingState: 'SuspendedEV' },
    ]);
    log.call('in', 'StopTransaction', { transactionId: 7, meterStop: 3_000, timestamp: iso(600) });
    expect(after(log).transactions).toMatchObject([{ transactionId: '8' }]);
  });

  test('1.6 §3.7.1: a start that is sent again changes nothing', () => {
    const log = started16();
    const meterValue = [{ timestamp: iso(60), sampledValue: [{ value: '1500' }] }];
    log.call('in', 'MeterValues', { connectorId: 1, transactionId: 7, meterValue });
    const before = after(log).transactions;
    log.call('in', 'StartTransaction', { connectorId: 1, idTag: 'T', meterStart: 1_000, timestamp: iso(0) });
    expect(after(log.answer({ transactionId: 7 })).transactions).toEqual(before);
  });

  const event = (eventType: string, seqNo: number, more: object = {}) => ({
    eventType,
    seqNo,
    timestamp: iso(seqNo),
    triggerReason: 'MeterValuePeriodic',
    transactionInfo: { transactionId: 'A', chargingState: 'Charging' },
    ...more,
  });

  test('2.x: the multiplier counts; a late message does not bring an ended one back', () => {
    const log = new TestLog().connect('ocpp2.0.1');
    log.call(
      'in',
      'TransactionEvent',
      event('Started', 0, { evse: { id: 1, connectorId: 2 }, idToken: { idToken: 'T' } }),
    );
    const reading = (value: number, at: number) => ({
      meterValue: [{ timestamp: iso(at), sampledValue: [{ value, unitOfMeasure: { unit: 'Wh', multiplier: 3 } }] }],
    });
    log.call('in', 'TransactionEvent', event('Updated', 1, reading(10, 1)));
    log.call('in', 'TransactionEvent', event('Updated', 2, reading(12.5, 2)));
    expect(after(log).transactions).toMatchObject([
      { evseId: 1, connectorId: 2, idToken: 'T', meterStartWh: 10_000, energyWh: 2_500, chargingState: 'Charging' },
    ]);
    log.call('in', 'TransactionEvent', event('Ended', 3)).call('in', 'TransactionEvent', event('Updated', 2));
    expect(after(log).transactions).toEqual([]);
  });

  test('E04: late events are placed by their own times, and one that comes again counts once', () => {
    const log = new TestLog().connect('ocpp2.0.1');
    const reading = (value: number, at: number) => ({
      meterValue: [{ timestamp: iso(at), sampledValue: [{ value }] }],
    });
    log.call('in', 'TransactionEvent', event('Updated', 3, { ...reading(130, 3), idToken: { idToken: 'T' } }));
    const earlier = { transactionInfo: { transactionId: 'A', chargingState: 'EVConnected' } };
    log.call('in', 'TransactionEvent', event('Started', 0, { ...reading(100, 0), ...earlier }));
    const again = { ...reading(999, 9), idToken: { idToken: 'U' }, timestamp: iso(9) };
    log.call('in', 'TransactionEvent', event('Updated', 3, again));
    log.call('in', 'TransactionEvent', event('Updated', 4, { ...reading(140, 4), idToken: { idToken: 'U' } }));
    expect(after(log).transactions).toMatchObject([
      { startedAt: START, startSeen: true, idToken: 'T', meterStartWh: 100, energyWh: 40, chargingState: 'Charging' },
    ]);
  });

  test('the energy of one whose beginning was not seen is not known', () => {
    const log = new TestLog().connect('ocpp2.0.1');
    log.call('in', 'TransactionEvent', event('Updated', 5, { meterValue: sampled({ value: 9_999 }) }));
    expect(after(log).transactions).toMatchObject([{ energyWh: null }]);
  });
});

describe('configuration', () => {
  test('read, changed when accepted, and never a secret', () => {
    const log = new TestLog().connect('ocpp1.6').call('out', 'GetConfiguration', {});
    log.answer({
      configurationKey: [
        { key: 'HeartbeatInterval', readonly: false, value: '60' },
        { key: 'AuthorizationKey', readonly: false, value: 'hunter2' },
      ],
    });
    log.call('out', 'ChangeConfiguration', { key: 'HeartbeatInterval', value: '90' }).answer({ status: 'Accepted' });
    log.call('out', 'ChangeConfiguration', { key: 'HeartbeatInterval', value: '91' }).answer({ status: 'Rejected' });
    log.call('out', 'ChangeConfiguration', { key: 'AuthorizationKey', value: 'hunter2' });
    expect(after(log).configuration).toMatchObject([
      { key: 'HeartbeatInterval', value: '90', readonly: false },
      { key: 'AuthorizationKey', value: null, masked: true },
    ]);
    expect(JSON.stringify(after(log))).not.toContain('hunter2');
  });

  test('2.x variables by report, result and setting', () => {
    const [component, variable] = [{ name: 'Ctrlr', evse: { id: 1 } }, { name: 'Interval' }];
    const log = new TestLog().connect('ocpp2.0.1');
    const variableAttribute = [
      { value: '1', mutability: 'ReadWrite' },
      { type: 'Target', value: '2' },
    ];
    log.call('in', 'NotifyReport', { reportData: [{ component, variable, variableAttribute }] });
    const values = () => after(log).configuration.map(({ key, value }) => `${key}=${value}`);
    expect(values()).toEqual(['Ctrlr@1/Interval=1', 'Ctrlr@1/Interval#Target=2']);
    log.call('out', 'SetVariables', { setVariableData: [{ component, variable, attributeValue: '3' }] });
    log.answer({ setVariableResult: [{ component, variable, attributeStatus: 'Accepted' }] });
    expect(values()).toContain('Ctrlr@1/Interval=3');
  });
});

describe('properties', () => {
  const actions = Object.keys({ ...ACTIONS['ocpp1.6'], ...ACTIONS['ocpp2.1'] });
  const members = [
    'status',
    'connectorId',
    'transactionId',
    'meterValue',
    'sampledValue',
    'value',
    'eventType',
    'evse',
    'id',
  ];
  const names = [
    ...members,
    'transactionInfo',
    'chargingStation',
    'reportData',
    'component',
    '__proto__',
    'timestamp',
    'key',
  ];
  const payload = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>('Accepted', 'Started', 'Faulted', 'A', 0, 1, -1, 1e300, null, true, iso(1), ''),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 6 }),
    ),
  })).value;
  const hostileRow = fc.record<LogRow>({
    id: fc.nat(),
    thingName: fc.constant('CP1'),
    connectionId: fc.constantFrom('', 'c1', 'c2'),
    at: fc.nat(),
    direction: fc.constantFrom('in', 'out'),
    kind: fc.constantFrom('call', 'result', 'error', 'send', 'event', 'malformed'),
    action: fc.oneof(fc.constantFrom(null, 'connected', 'disconnected', 'constructor', ...actions)),
    messageId: fc.constantFrom(null, 'a', 'b'),
    frame: fc.oneof(
      fc.string({ unit: 'binary' }),
      payload.map((value) => JSON.stringify(value)),
      fc.tuple(fc.constantFrom(2, 3), payload).map(([type, value]) => {
        return JSON.stringify(type === 2 ? [2, 'a', 'X', value] : [3, 'a', value]);
      }),
    ),
    latencyMs: fc.constant(null),
    errorCode: fc.constantFrom(null, 'GenericError'),
    violations: fc.constant(null),
  });

  test('nothing that a charge point sends makes it throw, and the state stays plain JSON', () => {
    fc.assert(
      fc.property(fc.array(hostileRow, { maxLength: 30 }), (rows) => {
        const state = stateAfter(rows);
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        overallState(state);
      }),
      { numRuns: 500 },
    );
  });

  test('it can go on from any saved state', () => {
    fc.assert(
      fc.property(fc.array(hostileRow, { maxLength: 20 }), fc.nat(20), (rows, at) => {
        const saved = JSON.parse(JSON.stringify(stateAfter(rows.slice(0, at)))) as ChargePointState;
        expect(stateAfter(rows.slice(at), saved)).toEqual(stateAfter(rows));
      }),
    );
  });

  test('the state before is left as it was', () => {
    fc.assert(
      fc.property(fc.array(hostileRow, { maxLength: 20 }), hostileRow, (rows, row) => {
        const before = stateAfter(rows);
        const copy = structuredClone(before);
        fold(before, row);
        expect(before).toEqual(copy);
      }),
    );
  });

  test('it stays bounded', () => {
    const log = new TestLog().connect('ocpp1.6');
    for (let index = 1; index <= 2_500; index++) {
      log.call('in', 'StatusNotification', { connectorId: index, status: 'Faulted', info: 'x'.repeat(5_000) });
      log.call('out', 'Reset', {});
    }
    const state = after(log);
    expect(state.connectors).toHaveLength(LIMITS.connectors);
    expect(state.recentEvents).toHaveLength(LIMITS.recentEvents);
    expect(state.pending).toHaveLength(LIMITS.pending);
    expect(JSON.stringify(state).length).toBeLessThan(300_000);
  });
});

describe('configuration that a charge point does not have', () => {
  const keysAfter = (log: TestLog) => after(log).configuration.map(({ key, value }) => `${key}=${value}`);

  test('1.6: an unknown key goes; names are one without regard to case', () => {
    const log = new TestLog().connect('ocpp1.6');
    const told = (configurationKey: object[], unknownKey: string[]) =>
      log.call('out', 'GetConfiguration', {}).answer({ configurationKey, unknownKey });
    told(
      [
        { key: 'A', value: '1' },
        { key: 'B', value: '2' },
      ],
      [],
    );
    told([{ key: 'a', value: '3' }], ['b']);
    expect(keysAfter(log)).toEqual(['A=3']);
  });

  test('2.x: an unknown variable goes', () => {
    const log = new TestLog().connect('ocpp2.0.1');
    const place = (name: string) => ({ component: { name: 'C' }, variable: { name } });
    const told = (...getVariableResult: object[]) => log.call('out', 'GetVariables', {}).answer({ getVariableResult });
    const accepted = { attributeStatus: 'Accepted', attributeValue: '1' };
    told({ ...place('a'), ...accepted }, { ...place('b'), ...accepted });
    told({ ...place('A'), attributeStatus: 'UnknownVariable' });
    expect(keysAfter(log)).toEqual(['C/b=1']);
  });
});

describe('a reset', () => {
  const boot = (log: TestLog, reason?: string) =>
    log.call('in', 'BootNotification', { chargingStation: { vendorName: 'V', model: 'M' }, reason });

  test('B12: stands as agreed until the boot comes; a boot that was asked for is none', () => {
    const log = new TestLog().connect('ocpp2.0.1').call('out', 'Reset', { type: 'OnIdle' });
    expect(after(log).reset).toBeNull();
    log.answer({ status: 'Scheduled' });
    expect(after(log).reset).toEqual({ at: START + 3_000, status: 'Scheduled', type: 'OnIdle', evseId: null });
    expect(after(boot(log, 'Triggered')).reset).toMatchObject({ status: 'Scheduled' });
    expect(after(boot(log, 'ScheduledReset')).reset).toBeNull();
  });

  test('1.6 §5.14: one that is refused is none; one whose connection ends first is not known to be refused', () => {
    const log = new TestLog().connect('ocpp1.6').call('out', 'Reset', { type: 'Hard' }).answer({ status: 'Rejected' });
    expect(after(log).reset).toBeNull();
    log.call('out', 'Reset', { type: 'Hard' }).event('disconnected', { code: 1006, reason: '' });
    expect(after(log).reset).toMatchObject({ status: null, type: 'Hard' });
    log.connect('ocpp1.6', 'c2').call('in', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
    expect(after(log).reset).toBeNull();
  });

  test('B11: that of an EVSE ends when it says what it is', () => {
    const log = new TestLog().connect('ocpp2.1').call('out', 'Reset', { type: 'OnIdle', evseId: 2 });
    log.answer({ status: 'Scheduled' });
    const status = (evseId: number, connectorStatus: string) =>
      log.call('in', 'StatusNotification', { evseId, connectorId: 1, connectorStatus, timestamp: iso(1) });
    expect(after(status(1, 'Available')).reset).toMatchObject({ evseId: 2 });
    expect(after(status(2, 'Occupied')).reset).toMatchObject({ evseId: 2 });
    expect(after(status(2, 'Available')).reset).toBeNull();
  });
});

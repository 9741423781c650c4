import { describe, expect, test } from 'vitest';
import { initialState } from './charge-point-state.ts';
import { fold } from './fold.ts';
import { iso, TestLog } from './test-log.ts';

const availability = (log: TestLog) =>
  log.rows.reduce((state, row) => fold(state, row), initialState('CP1')).availability;
const status16 = (connectorId: number, status: string) => ({ connectorId, status, errorCode: 'NoError' });

describe('1.6 §5.2', () => {
  const asked = (connectorId: number, type: string, status: string) =>
    new TestLog()
      .connect('ocpp1.6')
      .call('in', 'StatusNotification', status16(1, 'Charging'))
      .call('in', 'StatusNotification', status16(2, 'Available'))
      .call('out', 'ChangeAvailability', { connectorId, type })
      .answer({ status });

  test('Accepted is done', () => {
    expect(availability(asked(2, 'Inoperative', 'Accepted'))).toMatchObject([
      { evseId: null, connectorId: 2, wanted: 'Inoperative', doneAt: expect.any(Number) },
    ]);
  });

  test('Scheduled stands until the connector says that it is unavailable', () => {
    const log = asked(1, 'Inoperative', 'Scheduled');
    expect(availability(log)).toMatchObject([{ connectorId: 1, doneAt: null }]);
    log.call('in', 'StatusNotification', status16(1, 'Finishing'));
    expect(availability(log)).toMatchObject([{ doneAt: null }]);
    log.call('in', 'StatusNotification', status16(1, 'Unavailable'));
    expect(availability(log)).toMatchObject([{ doneAt: expect.any(Number) }]);
  });

  test('of connector 0: when all of them are, or it says so of itself', () => {
    const log = asked(0, 'Inoperative', 'Scheduled');
    log.call('in', 'StatusNotification', status16(2, 'Unavailable'));
    expect(availability(log)).toMatchObject([{ connectorId: 0, doneAt: null }]);
    const byItself = asked(0, 'Inoperative', 'Scheduled').call('in', 'StatusNotification', status16(0, 'Unavailable'));
    expect(availability(byItself)).toMatchObject([{ doneAt: expect.any(Number) }]);
    log.call('in', 'StatusNotification', status16(1, 'Unavailable'));
    expect(availability(log)).toMatchObject([{ doneAt: expect.any(Number) }]);
  });

  test('connector 0 stands in for all before it; one asked for again replaces itself; refused changes nothing', () => {
    const log = asked(1, 'Inoperative', 'Accepted');
    log.call('out', 'ChangeAvailability', { connectorId: 2, type: 'Inoperative' }).answer({ status: 'Accepted' });
    log.call('out', 'ChangeAvailability', { connectorId: 2, type: 'Operative' }).answer({ status: 'Accepted' });
    expect(availability(log)).toMatchObject([{ connectorId: 1 }, { connectorId: 2, wanted: 'Operative' }]);
    log.call('out', 'ChangeAvailability', { connectorId: 0, type: 'Operative' }).answer({ status: 'Rejected' });
    expect(availability(log)).toHaveLength(2);
    log.call('out', 'ChangeAvailability', { connectorId: 0, type: 'Operative' }).answer({ status: 'Accepted' });
    expect(availability(log)).toMatchObject([{ connectorId: 0, wanted: 'Operative' }]);
  });
});

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s G03, G04', (version) => {
  const asked = (evse: object | null) => {
    const log = new TestLog().connect(version);
    const status = { evseId: 1, connectorId: 1, connectorStatus: 'Occupied', timestamp: iso(0) };
    log.call('in', 'StatusNotification', status);
    return log
      .call('out', 'ChangeAvailability', { operationalStatus: 'Inoperative', ...(evse && { evse }) })
      .answer({ status: 'Scheduled' });
  };
  const event = (name: string, evse: object | null) => ({
    eventData: [
      {
        component: { name, ...(evse && { evse }) },
        variable: { name: 'AvailabilityState' },
        actualValue: 'Unavailable',
        timestamp: iso(9),
      },
    ],
  });

  test.each([
    ['a connector', { id: 1, connectorId: 1 }, 'Connector', { id: 1, connectorId: 1 }],
    ['an EVSE, by its connector', { id: 1 }, 'Connector', { id: 1, connectorId: 1 }],
    ['an EVSE, by itself', { id: 1 }, 'EVSE', { id: 1 }],
    ['the station', null, 'ChargingStation', null],
  ])('scheduled for %s, done when NotifyEvent says so', (_name, evse, component, place) => {
    const log = asked(evse);
    expect(availability(log)).toMatchObject([{ wanted: 'Inoperative', doneAt: null }]);
    log.call('in', 'NotifyEvent', event(component, place));
    expect(availability(log)).toMatchObject([{ doneAt: expect.any(Number) }]);
  });

  test('an EVSE and its connector keep what was asked of each', () => {
    const log = asked({ id: 1 });
    const evse = { id: 1, connectorId: 1 };
    log.call('out', 'ChangeAvailability', { operationalStatus: 'Operative', evse }).answer({ status: 'Accepted' });
    expect(availability(log)).toMatchObject([
      { evseId: 1, connectorId: null, wanted: 'Inoperative' },
      { evseId: 1, connectorId: 1, wanted: 'Operative' },
    ]);
  });
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCsms, type TestCsms } from '../testing/start-csms.ts';

let csms: TestCsms;
beforeEach(async () => {
  csms = await startCsms();
  csms.present('CP1', 'ocpp2.1');
});
afterEach(() => csms.stop());

const STREAM = { id: 4, variableMonitoringId: 17, params: { interval: 10, values: 5 } };
const open = (constantStreamData: object = STREAM) =>
  csms.call('CP1', 'OpenPeriodicEventStream', { constantStreamData });
let sends = 0;
const notify = (payload: object) => csms.say('CP1', [6, `s${++sends}`, 'NotifyPeriodicEventStream', payload]);
const VALUES = {
  id: 4,
  pending: 2,
  basetime: '2026-05-04T11:00:00Z',
  data: [
    { t: 0.5, v: '20.1' },
    { t: 2, v: '20.4' },
  ],
};

test('N11, N15: a stream is opened, and its last value kept; a SEND is never answered', async () => {
  expect(await open()).toEqual({ status: 'Accepted' });
  notify(VALUES);
  notify({ ...VALUES, data: [{ t: 12.25, v: '<b>21</b>' }], pending: 0 });
  await expect
    .poll(() => csms.eventStreams.list('CP1'))
    .toMatchObject([
      {
        id: 4,
        monitoringId: 17,
        intervalSeconds: 10,
        maxValues: 5,
        received: 3,
        pending: 0,
        lastValue: '<b>21</b>',
        lastAt: '2026-05-04T11:00:12.250Z',
        closedAt: null,
      },
    ]);
  expect(csms.outOf('CP1')).toHaveLength(1);
});

test('N13: a stream that is closed keeps its last value, and may be opened anew', async () => {
  await open();
  notify(VALUES);
  expect(await csms.call('CP1', 'ClosePeriodicEventStream', { id: 4 })).toEqual({});
  expect(await csms.eventStreams.list('CP1')).toMatchObject([{ lastValue: '20.4', closedAt: expect.any(String) }]);
  await open();
  expect(await csms.eventStreams.list('CP1')).toMatchObject([{ lastValue: null, closedAt: null, received: 0 }]);
});

test.each(['9999-12-31T23:59:59Z', '+275760-09-13T00:00:00Z', '-000001-01-01T00:00:00Z'])(
  'values of a time that is none, %s and some, are kept with the time when they came',
  async (basetime) => {
    notify({ ...VALUES, basetime });
    await expect.poll(() => csms.eventStreams.list('CP1')).toHaveLength(1);
    expect((await csms.eventStreams.list('CP1'))[0]?.lastAt).toMatch(/^2026-05-04T12:00:0/);
  },
);

test('values without an announcement are kept too; what breaks its schema, or is no SEND of ours, is not', async () => {
  notify({ ...VALUES, id: 9 });
  notify({ id: 10, pending: 0, basetime: '2026-05-04T11:00:00Z', data: [] });
  csms.say('CP1', [6, 'x', 'Heartbeat', {}]);
  await expect.poll(() => csms.eventStreams.list('CP1')).toMatchObject([{ id: 9, monitoringId: null, received: 2 }]);
  // As a CALL it is nothing that may be asked.
  expect(await csms.call('CP1', 'NotifyPeriodicEventStream', VALUES)).toBe('NotImplemented');
});

test('N12, N14: what the charge point lists is open, what was adjusted has its new pace', async () => {
  await open();
  await open({ ...STREAM, id: 5 });
  const ask = async (action: string, payload: object, answer: object) => {
    const done = csms.commands.send({ thingName: 'CP1', action, payload, sentBy: 'ada' });
    const isSent = () => csms.outOf('CP1').find((frame) => frame[0] === 2 && frame[2] === action);
    await expect.poll(isSent).toBeDefined();
    csms.say('CP1', [3, isSent()?.[1], answer]);
    await done;
  };
  await ask('AdjustPeriodicEventStream', { id: 5, params: { interval: 60 } }, { status: 'Accepted' });
  await ask('GetPeriodicEventStream', {}, { constantStreamData: [{ ...STREAM, id: 5, params: { interval: 60 } }] });
  expect(await csms.eventStreams.list('CP1')).toMatchObject([
    { id: 4, closedAt: expect.any(String) },
    { id: 5, closedAt: null, intervalSeconds: 60, maxValues: null },
  ]);
});

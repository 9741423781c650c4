import { expect, it } from 'vitest';
import type { LogRow } from '../message-log/log-row.ts';
import { createFinder } from './find.ts';

const START = Date.UTC(2026, 4, 4, 10);
const MINUTE = 60_000;

type Said = Partial<LogRow> & { minute: number; payload?: object };
const call = (minute: number, action: string, payload: object = {}, more: Partial<LogRow> = {}): Said => ({
  minute,
  action,
  payload,
  ...more,
});
const result = (minute: number, action: string, payload: object, more: Partial<LogRow> = {}): Said => ({
  minute,
  action,
  payload,
  kind: 'result',
  direction: 'out',
  ...more,
});
const event = (minute: number, action: string): Said => ({ minute, action, kind: 'event', frame: '{}' });

function found(said: Said[], endMinute = 600): string[] {
  const finder = createFinder();
  said.forEach(({ minute, payload = {}, ...row }, index) => {
    const messageId = row.messageId ?? `m${index}`;
    const frame =
      row.kind === 'result'
        ? JSON.stringify([3, messageId, payload])
        : JSON.stringify([2, messageId, row.action ?? '', payload]);
    finder.read({
      id: index + 1,
      thingName: 'CP1',
      connectionId: 'c1',
      at: START + minute * MINUTE,
      direction: 'in',
      kind: 'call',
      action: null,
      latencyMs: null,
      errorCode: null,
      violations: null,
      frame,
      ...row,
      messageId,
    });
  });
  return finder
    .end(START + endMinute * MINUTE)
    .map(({ rule, count, subject, rowIds }) => [rule, count, subject, rowIds.join('+')].join(' '));
}

const boots = (...minutes: number[]): Said[] => minutes.map((minute) => call(minute, 'BootNotification'));
const tx = (minute: number, eventType: string, seqNo: number, wh: number, transactionId = 't1'): Said =>
  call(minute, 'TransactionEvent', {
    eventType,
    seqNo,
    evse: { id: 1 },
    transactionInfo: { transactionId },
    meterValue: [{ sampledValue: [{ value: wh, unitOfMeasure: { unit: 'Wh' } }] }],
  });

it('a boot loop: three boots in a quarter of an hour', () => {
  expect(found(boots(0, 5, 10, 60))).toEqual(['boot-loop 3  1+2+3']);
  expect(found(boots(0, 10, 20, 30))).toEqual([]);
});

it('a flapping connection, and repeated refusals', () => {
  expect(found([0, 1, 2, 3].map((minute) => event(minute, 'connected')))).toEqual(['flapping 4  1+2+3+4']);
  expect(found([0, 1, 2].map((minute) => event(minute, 'refused')))).toEqual(['repeated-refusals 3  1+2+3']);
});

it('a heartbeat gap: silent for two and a half intervals while connected', () => {
  const boot = result(0, 'BootNotification', { status: 'Accepted', interval: 60 });
  expect(found([boot, call(1, 'Heartbeat'), call(2, 'Heartbeat'), call(6, 'Heartbeat')])).toEqual([
    'heartbeat-gap 240  3+4',
  ]);
  expect(found([boot, call(1, 'Heartbeat'), event(2, 'disconnected'), call(6, 'Heartbeat')])).toEqual([]);
});

it('clock skew: time stamps off the same way several times', () => {
  const status = (minute: number, off: number): Said =>
    call(minute, 'StatusNotification', { timestamp: new Date(START + (minute + off) * MINUTE).toISOString() });
  expect(found([status(0, -5), status(1, -5), status(2, -5)])).toEqual(['clock-skew -300  1+2+3']);
  expect(found([status(0, -5), status(1, 0), status(2, 5)])).toEqual([]);
});

it('a request that is refused over and over, each by itself', () => {
  const no = (minute: number, action: string, payload: object = { status: 'Rejected' }): Said =>
    result(minute, action, payload, { direction: 'in' });
  const blocked = { idTagInfo: { status: 'Blocked' } };
  expect(
    found([no(0, 'Authorize', blocked), no(1, 'Reset'), no(2, 'Authorize', blocked), no(3, 'Authorize', blocked)]),
  ).toEqual(['refused-requests 3 Authorize 1+3+4']);
  const error = (minute: number): Said =>
    result(minute, 'UnlockConnector', {}, { kind: 'error', frame: '[4,"a","NotSupported","",{}]' });
  expect(found([error(0), error(1), error(2)])).toEqual(['refused-requests 3 UnlockConnector 1+2+3']);
  expect(found([0, 1, 2].map((minute) => no(minute, 'Reset', { status: 'Accepted' })))).toEqual([]);
});

it('a session that the next one replaced without a stop', () => {
  expect(found([tx(0, 'Started', 0, 0, 'a'), tx(5, 'Started', 0, 9, 'b'), tx(9, 'Ended', 1, 500, 'b')])).toEqual([
    'without-stop 2 a 1+2',
  ]);
});

it('a session whose connector is free again, and that never stopped', () => {
  const free = (minute: number): Said =>
    call(minute, 'StatusNotification', { evseId: 1, connectorStatus: 'Available' });
  expect(found([tx(0, 'Started', 0, 0), free(5)])).toEqual(['without-stop 2 t1 1+2']);
  expect(found([tx(0, 'Started', 0, 0), free(5), tx(6, 'Ended', 1, 500)])).toEqual([]);
  expect(found([tx(0, 'Started', 0, 0), free(5)], 10)).toEqual([]);
});

it('events that come late are neither missing nor a meter that goes backwards', () => {
  const late = [tx(0, 'Started', 0, 0), tx(2, 'Updated', 2, 300), tx(3, 'Updated', 1, 100), tx(4, 'Ended', 3, 500)];
  expect(found(late)).toEqual([]);
});

it('a gap in the sequence numbers', () => {
  expect(found([tx(0, 'Started', 0, 0), tx(1, 'Updated', 3, 10), tx(2, 'Ended', 4, 20)])).toEqual([
    'seqno-gap 2 t1 1+2',
  ]);
});

it('a meter that goes backwards', () => {
  expect(found([tx(0, 'Started', 0, 100), tx(1, 'Updated', 1, 50), tx(2, 'Ended', 2, 500)])).toEqual([
    'meter-backwards 50 t1 1+2',
  ]);
});

it('a session without energy, in 1.6', () => {
  const start = call(0, 'StartTransaction', { connectorId: 1, meterStart: 10 }, { messageId: 'start' });
  const answer = result(0, 'StartTransaction', { transactionId: 7 }, { messageId: 'start' });
  const stop = (meterStop: number): Said => call(5, 'StopTransaction', { transactionId: 7, meterStop });
  expect(found([start, answer, stop(10)])).toEqual(['zero-energy 300 7 1+3']);
  expect(found([start, answer, stop(900)])).toEqual([]);
});

it('the energy of a session is read with its power of ten, and where the car is', () => {
  const sample = (value: number, more: object) => ({ value, ...more });
  const said = (minute: number, eventType: string, seqNo: number, sampledValue: object[]): Said =>
    call(minute, 'TransactionEvent', {
      eventType,
      seqNo,
      evse: { id: 1 },
      transactionInfo: { transactionId: 't1' },
      meterValue: [{ sampledValue }],
    });
  const kilo = { unitOfMeasure: { unit: 'Wh', multiplier: 3 } };
  expect(found([said(0, 'Started', 0, [sample(1, kilo)]), said(5, 'Ended', 1, [sample(1.5, kilo)])])).toEqual([]);
  const grid = sample(950, { location: 'Inlet' });
  expect(found([said(0, 'Started', 0, [sample(10, {}), grid]), said(5, 'Ended', 1, [sample(900, {})])])).toEqual([]);
  const other = sample(5, { unitOfMeasure: { unit: 'Wh', multiplier: 2 } });
  expect(found([said(0, 'Started', 0, [sample(100, {})]), said(5, 'Ended', 1, [other])])).toEqual([]);
});

it('a command without an answer', () => {
  const reset = call(0, 'Reset', {}, { direction: 'out', messageId: 'r' });
  expect(found([reset])).toEqual(['unanswered-command 1 Reset 1']);
  expect(found([reset, result(0, 'Reset', {}, { direction: 'in', messageId: 'r' })])).toEqual([]);
});

it('a firmware update that never finished', () => {
  const status = (minute: number, word: string): Said => call(minute, 'FirmwareStatusNotification', { status: word });
  expect(found([status(0, 'Downloading'), status(1, 'Installing')])).toEqual(['firmware-unfinished 1 Installing 2']);
  expect(found([status(0, 'Downloading'), status(1, 'Installed')])).toEqual([]);
});

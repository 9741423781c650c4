import type { OutsideReading } from '@cpo-console/shared/api/access.ts';
import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { MeterValue, Transaction, TransactionDetail } from '@cpo-console/shared/api/transactions.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct, type WireChargePoint } from './support/product.ts';

// Charging sessions from the charge point's frames to what an operator reads, over socket and REST.

const MINUTE = 60_000;
let product: Product;
let skippedMs = 0;
let names = 0;
beforeAll(async () => {
  product = await startProduct({}, { now: () => Date.now() + skippedMs });
  await product.api('PUT', '/id-tokens/CARD', { groupIdToken: 'FLEET', concurrentLimit: null });
  await product.api('PUT', '/id-tokens/OTHER', { groupIdToken: 'FLEET' });
}, 30_000);
afterAll(() => product.stop(), 15_000);

const at = (minute: number, second = 0) => new Date(Date.UTC(2026, 4, 4, 11, minute, second)).toISOString();
const sessionsOf = async (name: string, query = ''): Promise<Transaction[]> =>
  (await product.api<Page<Transaction>>('GET', `/transactions?thingName=${name}${query}`)).items;
const only = async (name: string): Promise<Transaction> => {
  const [session, ...more] = await sessionsOf(name);
  expect(more).toEqual([]);
  if (session === undefined) throw new Error(`${name} has no session.`);
  return session;
};
const detail = (id: string) => product.api<TransactionDetail>('GET', `/transactions/${id}`);
const meterValues = async (id: string) =>
  (await product.api<{ items: MeterValue[] }>('GET', `/transactions/${id}/meter-values`)).items;
const newName = (): string => `SESSION-${++names}`;
const resultOf = (frame: unknown[]) => {
  expect(frame[0]).toBe(3);
  return frame[2] as Record<string, unknown>;
};

describe('ocpp1.6', () => {
  async function connected(): Promise<{ name: string; wire: WireChargePoint }> {
    const name = newName();
    return { name, wire: await product.connect(name, 'ocpp1.6') };
  }
  const begin = { connectorId: 1, idTag: 'CARD', meterStart: 1000, timestamp: at(0) };
  const start = async (wire: WireChargePoint, facts: object = {}) =>
    resultOf(await wire.call('StartTransaction', { ...begin, ...facts })).transactionId as number;

  it('§4.8, §4.10: start and stop with the numbers between them; the stop of the same group, its reason as it was said', async () => {
    const { name, wire } = await connected();
    const transactionId = await start(wire);
    const stop = { transactionId, meterStop: 8250, timestamp: at(45), reason: 'EVDisconnected', idTag: 'OTHER' };
    expect(resultOf(await wire.call('StopTransaction', stop))).toEqual({
      idTagInfo: { status: 'Accepted', parentIdTag: 'FLEET' },
    });
    expect(await only(name)).toMatchObject({
      transactionId: String(transactionId),
      idToken: 'CARD',
      stopIdToken: 'OTHER',
      startedAt: at(0),
      stoppedAt: at(45),
      stopReason: 'EVDisconnected',
      meterStart: 1000,
      meterStop: 8250,
      energyWh: 7250,
      active: false,
      stuck: null,
      startSeen: true,
    });
  });

  it('§4.10: a StopTransaction without a start that we know is answered and kept', async () => {
    const { name, wire } = await connected();
    const sampledValue = (value: string, context: string) => [{ value, context }];
    const stop = {
      transactionId: 4711,
      meterStop: 5000,
      timestamp: at(30),
      reason: 'PowerLoss',
      transactionData: [
        { timestamp: at(10), sampledValue: sampledValue('2000', 'Transaction.Begin') },
        { timestamp: at(30), sampledValue: sampledValue('5000', 'Transaction.End') },
      ],
    };
    for (let time = 0; time < 2; time++) expect(resultOf(await wire.call('StopTransaction', stop))).toEqual({});
    const session = await only(name);
    expect(session).toMatchObject({
      transactionId: '4711',
      startSeen: false,
      startedAt: at(10),
      stoppedAt: at(30),
      stopReason: 'PowerLoss',
      meterStart: 2000,
      meterStop: 5000,
      energyWh: 3000,
      active: false,
    });
    await expect.poll(() => meterValues(session.id)).toHaveLength(2);
  });

  it('§3.7.1: a StartTransaction that is sent again is the same session', async () => {
    const { name, wire } = await connected();
    const first = await start(wire);
    expect(await start(wire)).toBe(first);
    await only(name);
  });

  it('§4.7: readings without a transaction id belong to the session on their connector', async () => {
    const { name, wire } = await connected();
    await start(wire);
    const meterValue = (value: string) => [{ timestamp: at(5), sampledValue: [{ value }] }];
    await wire.call('MeterValues', { connectorId: 1, meterValue: meterValue('1500') });
    await wire.call('MeterValues', { connectorId: 2, meterValue: meterValue('9999') });
    await wire.call('MeterValues', { connectorId: 0, meterValue: meterValue('77777') });
    const session = await only(name);
    expect(session.energyWh).toBe(500);
    expect((await meterValues(session.id)).flatMap(({ samples }) => samples.map(({ raw }) => raw))).toEqual(['1500']);
  });

  it('§4.7: what the main meter and a connector at rest say is read apart from the sessions', async () => {
    const { name, wire } = await connected();
    const transactionId = await start(wire);
    const say = (facts: object, value: string) =>
      wire.call('MeterValues', { ...facts, meterValue: [{ timestamp: at(5), sampledValue: [{ value }] }] });
    await say({ connectorId: 0 }, '77777');
    await say({ connectorId: 1, transactionId }, '1500');
    await say({ connectorId: 2 }, '42');
    const { items } = await product.api<{ items: OutsideReading[] }>('GET', `/things/${name}/meter-values`);
    expect(items).toMatchObject([
      { connectorId: 2, evseId: null, at: at(5), samples: [{ raw: '42' }] },
      { connectorId: 0, samples: [{ raw: '77777' }] },
    ]);
  });

  it('§7.43: a signed value is kept as it is and is no number', async () => {
    const { name, wire } = await connected();
    const transactionId = await start(wire);
    const sampledValue = [{ value: '123456789012', format: 'SignedData', context: 'Transaction.Begin' }];
    await wire.call('MeterValues', { connectorId: 1, transactionId, meterValue: [{ timestamp: at(1), sampledValue }] });
    const session = await only(name);
    expect(session.energyWh).toBeNull();
    expect(await meterValues(session.id)).toMatchObject([
      { samples: [{ value: null, signed: { data: '123456789012', method: null } }] },
    ]);
  });
});

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s', (version) => {
  const idToken = { idToken: 'CARD', type: 'ISO14443' };
  async function connected() {
    const name = newName();
    const wire = await product.connect(name, version);
    const event = async (eventType: string, seqNo: number, facts: object = {}) =>
      resultOf(
        await wire.call('TransactionEvent', {
          eventType,
          seqNo,
          timestamp: at(seqNo),
          triggerReason: 'MeterValuePeriodic',
          transactionInfo: { transactionId: 'T1' },
          evse: { id: 1, connectorId: 1 },
          ...facts,
        }),
      );
    return { name, wire, event };
  }
  const reading = (minute: number, value: number, context = 'Sample.Periodic') => [
    { timestamp: at(minute), sampledValue: [{ value, context, unitOfMeasure: { unit: 'kWh' } }] },
  ];

  it('E01 to E07: what began and ended it, who, and how long energy flowed, as the charge point said it', async () => {
    const { name, event } = await connected();
    await event('Started', 0, {
      triggerReason: 'RemoteStart',
      transactionInfo: { transactionId: 'T1', remoteStartId: 42 },
      idToken,
      meterValue: reading(0, 1, 'Transaction.Begin'),
    });
    await event('Updated', 1, { meterValue: reading(1, 2) });
    const other = { idToken: 'OTHER', type: 'ISO14443' };
    expect(await event('Updated', 2, { triggerReason: 'StopAuthorized', idToken: other })).toMatchObject({
      idTokenInfo: { status: 'Accepted', groupIdToken: { idToken: 'FLEET' } },
    });
    await event('Ended', 3, {
      triggerReason: 'EVDeparted',
      transactionInfo: { transactionId: 'T1', stoppedReason: 'EVDisconnected', timeSpentCharging: 170 },
      meterValue: reading(3, 3.5, 'Transaction.End'),
    });
    expect(await only(name)).toMatchObject({
      idToken: 'CARD',
      stopIdToken: 'OTHER',
      startTrigger: 'RemoteStart',
      remoteStartId: 42,
      stopTrigger: 'EVDeparted',
      stopReason: 'EVDisconnected',
      chargingSeconds: 170,
      meterStart: 1000,
      meterStop: 3500,
      energyWh: 2500,
      missingEvents: [],
      offline: false,
    });
  });

  it('E04, E12: late events are placed by their own times; what is missing is told until it comes', async () => {
    const { name, event } = await connected();
    await event('Ended', 5, { offline: true, meterValue: reading(5, 9) });
    await event('Updated', 1, { offline: true, meterValue: reading(1, 3) });
    expect(await only(name)).toMatchObject({ startSeen: false, offline: true, missingEvents: [{ from: 2, to: 4 }] });
    await event('Started', 0, { offline: true, idToken, meterValue: reading(0, 2, 'Transaction.Begin') });
    for (const seqNo of [4, 2]) await event('Updated', seqNo, { offline: true, meterValue: reading(seqNo, 2 + seqNo) });
    expect(await only(name)).toMatchObject({ startSeen: true, missingEvents: [{ from: 3, to: 3 }] });
    await event('Updated', 3, { offline: true, meterValue: reading(3, 5) });
    await event('Updated', 3, { offline: true, meterValue: reading(3, 5) });
    const session = await only(name);
    expect(session).toMatchObject({
      startedAt: at(0),
      stoppedAt: at(5),
      missingEvents: [],
      meterStart: 2000,
      meterStop: 9000,
      energyWh: 7000,
    });
    await expect
      .poll(async () => (await meterValues(session.id)).map((value) => value.at))
      .toEqual([0, 1, 2, 3, 4, 5].map((minute) => at(minute)));
  });

  it('J02: the readings that come with the last event are there as the others, however soon one asks', async () => {
    const { name, event } = await connected();
    const count = 30;
    for (let number = 0; number < count; number++) {
      const transactionInfo = { transactionId: `T${number}` };
      await event('Started', 0, { transactionInfo, meterValue: reading(0, 1, 'Transaction.Begin') });
      await event('Ended', 1, { transactionInfo, meterValue: reading(1, 2, 'Transaction.End') });
    }
    const lengths = async () =>
      Promise.all((await sessionsOf(name)).map(async ({ id }) => (await meterValues(id)).length));
    expect(await lengths()).toEqual(Array.from({ length: count }, () => 2));
  });

  it('J02: every measurand with its phase, context, location, unit and multiplier; signed values as they are', async () => {
    const { name, event } = await connected();
    const signedMeterValue = {
      signedMeterData: 'b2s=',
      signingMethod: 'ECDSA',
      encodingMethod: 'OCMF',
      publicKey: 'base64:key',
    };
    const sampledValue = [
      { value: 1234, context: 'Transaction.Begin', unitOfMeasure: { unit: 'Wh', multiplier: -1 }, signedMeterValue },
      { value: 7.4, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'kW' } },
      { value: 16, measurand: 'Current.Import', phase: 'L2', location: 'Inlet', unitOfMeasure: { unit: 'A' } },
      { value: 61, measurand: 'SoC', location: 'EV', unitOfMeasure: { unit: 'Percent' } },
    ];
    await event('Started', 0, { idToken, meterValue: [{ timestamp: at(0), sampledValue }] });
    const session = await only(name);
    const [value] = await meterValues(session.id);
    const signed = { data: 'b2s=', method: 'ECDSA', encoding: 'OCMF', publicKey: 'base64:key' };
    expect(value?.samples).toMatchObject([
      { value: 123.4, raw: '1234', multiplier: -1, unit: 'Wh', context: 'Transaction.Begin', signed },
      { value: 7.4, unit: 'kW', measurand: 'Power.Active.Import', signed: null },
      { value: 16, unit: 'A', measurand: 'Current.Import', phase: 'L2', location: 'Inlet' },
      { value: 61, unit: 'Percent', measurand: 'SoC', location: 'EV' },
    ]);
    expect(session).toMatchObject({ meterStart: 123.4, powerW: 7400 });
  });

  it('E14: what the charge point says to GetTransactionStatus is kept with the session', async () => {
    const { name, wire, event } = await connected();
    await event('Started', 0, { idToken });
    const { id } = await only(name);
    expect((await detail(id)).askedStatus).toBeNull();
    wire.onCall(() => ({ result: { ongoingIndicator: true, messagesInQueue: true } }));
    const ask = { action: 'GetTransactionStatus', payload: { transactionId: 'T1' } };
    await product.api<Command>('POST', `/things/${name}/commands`, ask);
    expect((await detail(id)).askedStatus).toMatchObject({ ongoing: true, messagesInQueue: true });
  });
});

describe.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)('remote control, %s', (version) => {
  const is16 = version === 'ocpp1.6';

  it('F01, F03, 1.6 §5.11: a start goes out with its inline profile and an id, a stop with the session', async () => {
    const name = newName();
    const wire = await product.connect(name, version);
    const asked: { action: string; payload: Record<string, unknown> }[] = [];
    wire.onCall((action, payload) => {
      asked.push({ action, payload: payload as Record<string, unknown> });
      return { result: { status: 'Accepted' } };
    });
    const facts = { stackLevel: 0, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Relative' };
    const schedule = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] };
    const chargingProfile = is16
      ? { chargingProfileId: 1, ...facts, chargingSchedule: schedule }
      : { id: 1, ...facts, chargingSchedule: [{ id: 1, ...schedule }] };
    const start = is16
      ? { action: 'RemoteStartTransaction', payload: { connectorId: 1, idTag: 'CARD', chargingProfile } }
      : {
          action: 'RequestStartTransaction',
          payload: { evseId: 1, idToken: { idToken: 'CARD', type: 'ISO14443' }, chargingProfile },
        };
    expect(await product.api('POST', `/things/${name}/commands`, start)).toMatchObject({ status: 'answered' });
    expect(asked[0]).toMatchObject({ action: start.action, payload: { chargingProfile } });
    if (!is16) {
      await product.api('POST', `/things/${name}/commands`, start);
      const given = asked.map(({ payload }) => payload.remoteStartId);
      expect(given).toEqual([expect.any(Number), expect.any(Number)]);
      expect(given[0]).not.toBe(given[1]);
    }
    // Nothing else goes out for the profile.
    expect(asked.every(({ action }) => action === start.action)).toBe(true);
    const stop = is16
      ? { action: 'RemoteStopTransaction', payload: { transactionId: 7 } }
      : { action: 'RequestStopTransaction', payload: { transactionId: 'T-7' } };
    expect(await product.api('POST', `/things/${name}/commands`, stop)).toMatchObject({
      response: { status: 'Accepted' },
    });
  });
});

describe.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)('stuck sessions, %s', (version) => {
  const is16 = version === 'ocpp1.6';
  let ids = 0;

  async function charging(name: string, wire: WireChargePoint): Promise<Transaction> {
    const timestamp = new Date(Date.now() + skippedMs).toISOString();
    if (is16) await wire.call('StartTransaction', { connectorId: 1, idTag: 'CARD', meterStart: 0, timestamp });
    else {
      await wire.call('TransactionEvent', {
        eventType: 'Started',
        timestamp,
        triggerReason: 'Authorized',
        seqNo: 0,
        transactionInfo: { transactionId: `${name}-${++ids}` },
        evse: { id: 1, connectorId: 1 },
        idToken: { idToken: 'CARD', type: 'ISO14443' },
      });
    }
    const [newest] = await sessionsOf(name);
    if (newest === undefined) throw new Error('No session began.');
    return newest;
  }
  const status = (wire: WireChargePoint, word: string) => {
    const timestamp = new Date(Date.now() + skippedMs).toISOString();
    return is16
      ? wire.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: word, timestamp })
      : wire.call('StatusNotification', { evseId: 1, connectorId: 1, connectorStatus: word, timestamp });
  };

  it('are found: a free connector, a later session, a charge point that is away; and closed by hand', async () => {
    const name = newName();
    const wire = await product.connect(name, version);
    await status(wire, is16 ? 'Charging' : 'Occupied');
    const first = await charging(name, wire);
    expect(first).toMatchObject({ active: true, stuck: null });
    skippedMs += 16 * MINUTE;
    expect(await sessionsOf(name, '&stuck=true')).toEqual([]);
    await status(wire, 'Available');
    await expect.poll(() => sessionsOf(name, '&stuck=true')).toMatchObject([{ id: first.id, stuck: 'connector-free' }]);
    const second = await charging(name, wire);
    expect(await sessionsOf(name, '&stuck=true')).toMatchObject([{ id: first.id, stuck: 'newer-session' }]);
    expect((await sessionsOf(name, '&stuck=false')).map(({ id }) => id)).toEqual([second.id]);
    await wire.close();
    skippedMs += 61 * MINUTE;
    await expect
      .poll(() => sessionsOf(name, '&stuck=true').then((found) => found.map(({ stuck }) => stuck)))
      .toEqual(['offline', 'newer-session']);

    await product.api('POST', `/transactions/${first.id}/close`);
    const closed = await product.api<Transaction>('POST', `/transactions/${second.id}/close`);
    expect(closed).toMatchObject({ active: false, stuck: null, closedBy: 'ADMIN_TOKEN' });
    expect(await sessionsOf(name, '&active=true')).toEqual([]);
    // The live state, which a replay shows as well, has let go of them too.
    const live = () => product.api<Thing>('GET', `/things/${name}`).then(({ state }) => state.transactions);
    await expect.poll(live).toEqual([]);
  });
});

import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { Transaction } from '@cpo-console/shared/api/transactions.ts';
import { OCPP_VERSIONS, type OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { type Product, startProduct, type WireChargePoint } from './support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
  await product.api('PUT', '/id-tokens/CARD', {});
});
afterAll(() => product.stop());

const TIME = '2026-05-04T10:00:00.000Z';
const send = (thingName: string, action: string, payload: object) =>
  product.api<Command>('POST', `/things/${thingName}/commands`, { action, payload });
const sessions = async (thingName: string) =>
  (await product.api<Page<Transaction>>('GET', `/transactions?thingName=${thingName}`)).items;

/** A charge point that accepts, and does a moment later what was asked. */
async function obedient(
  thingName: string,
  version: OcppVersion,
  then: (chargePoint: WireChargePoint, action: string, payload: Record<string, unknown>) => Promise<unknown>,
): Promise<WireChargePoint> {
  const chargePoint = await product.connect(thingName, version);
  chargePoint.onCall((action, payload) => {
    setImmediate(() => void then(chargePoint, action, payload as Record<string, unknown>));
    return { result: { status: action === 'UnlockConnector' ? 'Unlocked' : 'Accepted' } };
  });
  return chargePoint;
}

test('1.6 §5.11, §5.12: a session is started and stopped from here', async () => {
  await obedient('REMOTE-16', 'ocpp1.6', (chargePoint, action, payload) =>
    action === 'RemoteStartTransaction'
      ? chargePoint.call('StartTransaction', { connectorId: 1, idTag: payload.idTag, meterStart: 0, timestamp: TIME })
      : chargePoint.call('StopTransaction', {
          transactionId: payload.transactionId,
          meterStop: 9,
          timestamp: TIME,
          reason: 'Remote',
        }),
  );
  expect(await send('REMOTE-16', 'RemoteStartTransaction', { idTag: 'CARD', connectorId: 1 })).toMatchObject({
    status: 'answered',
    response: { status: 'Accepted' },
    sentBy: expect.any(String),
  });
  await eventually(async () => expect(await sessions('REMOTE-16')).toMatchObject([{ active: true, idToken: 'CARD' }]));
  const [session] = await sessions('REMOTE-16');
  await send('REMOTE-16', 'RemoteStopTransaction', { transactionId: Number(session?.transactionId) });
  await eventually(async () =>
    expect(await sessions('REMOTE-16')).toMatchObject([{ active: false, stopReason: 'Remote' }]),
  );
});

test.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
  '%s F01, F03: a session is started and stopped from here',
  async (version) => {
    const thingName = `REMOTE-${version.replaceAll('.', '-')}`;
    const event = (eventType: string, seqNo: number, more: object, info: object = {}) => ({
      eventType,
      seqNo,
      timestamp: TIME,
      triggerReason: eventType === 'Ended' ? 'RemoteStop' : 'RemoteStart',
      transactionInfo: { transactionId: `T-${version}`, ...info },
      ...more,
    });
    await obedient(thingName, version, (chargePoint, action, { idToken, remoteStartId }) =>
      chargePoint.call(
        'TransactionEvent',
        action === 'RequestStartTransaction'
          ? event('Started', 0, { idToken, evse: { id: 1, connectorId: 1 } }, { remoteStartId })
          : event('Ended', 1, {}, { stoppedReason: 'Remote' }),
      ),
    );
    await send(thingName, 'RequestStartTransaction', {
      idToken: { idToken: 'CARD', type: 'ISO14443' },
      remoteStartId: 7,
    });
    await eventually(async () => expect(await sessions(thingName)).toMatchObject([{ active: true, idToken: 'CARD' }]));
    await send(thingName, 'RequestStopTransaction', { transactionId: `T-${version}` });
    await eventually(async () =>
      expect(await sessions(thingName)).toMatchObject([{ active: false, stopReason: 'Remote' }]),
    );
  },
);

const UNLOCKS = [
  ['ocpp1.6', { connectorId: 9 }],
  ['ocpp2.0.1', { evseId: 9, connectorId: 9 }],
  ['ocpp2.1', { evseId: 9, connectorId: 9 }],
] as const;
test.each(UNLOCKS)(
  '%s F05, 1.6 §5.18: an unknown connector is asked for all the same, and its answer is shown',
  async (version, place) => {
    const thingName = `UNLOCK-${version.replaceAll('.', '-')}`;
    const chargePoint = await product.connect(thingName, version);
    const said = version === 'ocpp1.6' ? 'NotSupported' : 'UnknownConnector';
    chargePoint.onCall(() => ({ result: { status: said } }));
    expect(await send(thingName, 'UnlockConnector', place)).toMatchObject({
      status: 'answered',
      response: { status: said },
    });
    expect(chargePoint.heard.at(-1)?.slice(2)).toEqual(['UnlockConnector', place]);
  },
);

const TRIGGERS = [
  ['ocpp1.6', 'TriggerMessage', { requestedMessage: 'StatusNotification', connectorId: 2 }],
  ['ocpp1.6', 'ExtendedTriggerMessage', { requestedMessage: 'StatusNotification', connectorId: 2 }],
  ['ocpp2.0.1', 'TriggerMessage', { requestedMessage: 'StatusNotification', evse: { id: 2, connectorId: 1 } }],
  ['ocpp2.1', 'TriggerMessage', { requestedMessage: 'StatusNotification', evse: { id: 2, connectorId: 1 } }],
] as const;
test.each(TRIGGERS)(
  '%s F06, 1.6 §5.17: %s brings the message, and what it says shows',
  async (version, action, payload) => {
    const thingName = `${action}-${version.replaceAll('.', '-')}`;
    const status =
      version === 'ocpp1.6'
        ? { connectorId: 2, errorCode: 'NoError', status: 'Preparing' }
        : { evseId: 2, connectorId: 1, connectorStatus: 'Occupied', timestamp: TIME };
    await obedient(thingName, version, (chargePoint) => chargePoint.call('StatusNotification', status));
    await send(thingName, action, payload);
    await eventually(async () => {
      const { state } = await product.api<Thing>('GET', `/things/${thingName}`);
      expect(state.connectors).toMatchObject([{ status: version === 'ocpp1.6' ? 'Preparing' : 'Occupied' }]);
    });
  },
);

test.each(OCPP_VERSIONS)(
  '%s F06.FR.08, 1.6 §5.17: a trigger that is not implemented says so, and blocks nothing',
  async (version) => {
    const thingName = `NOT-IMPLEMENTED-${version.replaceAll('.', '')}`;
    const chargePoint = await product.connect(thingName, version);
    chargePoint.onCall((action) => (action === 'TriggerMessage' ? { result: { status: 'NotImplemented' } } : null));
    const trigger = await send(thingName, 'TriggerMessage', { requestedMessage: 'Heartbeat' });
    expect(trigger).toMatchObject({ status: 'answered', response: { status: 'NotImplemented' } });
    const silent = { action: 'ClearCache', payload: {}, timeoutSeconds: 1 };
    expect(await product.api('POST', `/things/${thingName}/commands`, silent)).toMatchObject({ status: 'timeout' });
    expect((await chargePoint.call('Heartbeat', {}))[0]).toBe(3);
  },
);

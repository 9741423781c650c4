import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { MeterValue, Transaction } from '@cpo-console/shared/api/transactions.ts';
import { createRPCError, RPCClient } from 'ocpp-rpc';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/eventually.ts';
import { type RunningServer, startServer } from './support/start-server.ts';

// A client that others wrote, in strict mode: it checks every frame, ours too, against its own schemas.

const CARD = 'CARD-1';
let server: RunningServer;

beforeAll(async () => {
  server = await startServer();
  await server.api('PUT', `/id-tokens/${CARD}`, { type: 'ISO14443', status: 'Accepted' });
}, 30_000);

afterAll(() => server.stop(), 15_000);

describe('the client of ocpp-rpc, in strict mode', () => {
  it('1.6: boots, charges, and each outcome of a command is told', async () => {
    const client = await connect('RPC-16', 'ocpp1.6');
    expect(await client.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' })).toMatchObject({
      status: 'Accepted',
    });
    await client.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' });
    expect(await client.call('Authorize', { idTag: CARD })).toMatchObject({ idTagInfo: { status: 'Accepted' } });
    const start = { connectorId: 1, idTag: CARD, meterStart: 100, timestamp: '2026-01-01T10:00:00Z' };
    const { transactionId } = (await client.call('StartTransaction', start)) as { transactionId: number };
    const sampledValue = [{ value: '300' }];
    const meterValue = [{ timestamp: '2026-01-01T10:05:00Z', sampledValue }];
    await client.call('MeterValues', { connectorId: 1, transactionId, meterValue });
    await client.call('StopTransaction', {
      transactionId,
      meterStop: 600,
      timestamp: '2026-01-01T10:10:00Z',
      reason: 'Local',
    });
    const { id } = await theTransaction('RPC-16');
    expect(await meterOf(id)).toEqual([300]);
    expect(await theTransaction('RPC-16')).toMatchObject({
      transactionId: String(transactionId),
      idToken: CARD,
      energyWh: 500,
      stopReason: 'Local',
      active: false,
    });
    await eachOutcome(client, 'RPC-16', 'Soft');
  });

  it('2.0.1: boots, charges, and each outcome of a command is told', async () => {
    const client = await connect('RPC-201', 'ocpp2.0.1');
    const chargingStation = { vendorName: 'V', model: 'M' };
    expect(await client.call('BootNotification', { reason: 'PowerUp', chargingStation })).toMatchObject({
      status: 'Accepted',
    });
    const status = { timestamp: '2026-01-01T10:00:00Z', connectorStatus: 'Available', evseId: 1, connectorId: 1 };
    expect(await client.call('StatusNotification', status)).toEqual({});
    const idToken = { idToken: CARD, type: 'ISO14443' };
    expect(await client.call('Authorize', { idToken })).toMatchObject({ idTokenInfo: { status: 'Accepted' } });
    for (const [seqNo, eventType] of ['Started', 'Updated', 'Ended'].entries()) {
      const timestamp = `2026-01-01T10:0${seqNo}:00Z`;
      await client.call('TransactionEvent', {
        eventType,
        timestamp,
        triggerReason: eventType === 'Updated' ? 'MeterValuePeriodic' : 'Authorized',
        seqNo,
        transactionInfo: { transactionId: 'TX-1', ...(eventType === 'Ended' ? { stoppedReason: 'Local' } : {}) },
        evse: { id: 1, connectorId: 1 },
        ...(eventType === 'Started' ? { idToken } : {}),
        meterValue: [{ timestamp, sampledValue: [{ value: 100 + 200 * seqNo }] }],
      });
    }
    const { id } = await theTransaction('RPC-201');
    expect(await meterOf(id)).toEqual([100, 300, 500]);
    expect(await theTransaction('RPC-201')).toMatchObject({
      transactionId: 'TX-1',
      idToken: CARD,
      energyWh: 400,
      stopReason: 'Local',
      active: false,
    });
    await eachOutcome(client, 'RPC-201', 'Immediate');
  });
});

async function connect(identity: string, protocol: string): Promise<RPCClient> {
  await server.api('POST', '/things', { thingName: identity });
  const options = { endpoint: `ws://127.0.0.1:${server.port}/ocpp`, identity, protocols: [protocol], strictMode: true };
  const client = new RPCClient({ ...options, reconnect: false } as ConstructorParameters<typeof RPCClient>[0]);
  client.on('strictValidationFailure', ({ error }: { error: Error }) => expect.unreachable(error.message));
  await client.connect();
  expect(client.protocol).toBe(protocol);
  return client;
}

/** Answered, whatever it says; refused with a CALLERROR; unknown to the client; no answer; connection lost; nobody there. */
async function eachOutcome(client: RPCClient, thingName: string, type: string): Promise<void> {
  const send = (action: string, payload: object, more = {}) =>
    server.api<Command>('POST', `/things/${thingName}/commands`, { action, payload, ...more });
  const reset = (more = {}) => send('Reset', { type }, more);
  const asked: unknown[] = [];
  let answer = async (): Promise<object> => ({ status: 'Accepted' });
  client.handle('Reset', ({ params }) => {
    asked.push(params);
    return answer();
  });

  expect(await reset()).toMatchObject({ status: 'answered', response: { status: 'Accepted' } });
  expect(asked).toEqual([{ type }]);
  answer = async () => ({ status: 'Rejected' });
  expect(await reset()).toMatchObject({ status: 'answered', response: { status: 'Rejected' } });
  answer = async () => {
    throw createRPCError('NotSupported', 'Not today', { why: 'rain' });
  };
  const error = { code: 'NotSupported', description: 'Not today', details: { why: 'rain' } };
  expect(await reset()).toMatchObject({ status: 'error', error });
  expect(await send('ClearCache', {})).toMatchObject({ status: 'error', error: { code: 'NotImplemented' } });

  answer = () => new Promise(() => undefined);
  expect(await reset({ timeoutSeconds: 1 })).toMatchObject({ status: 'timeout', answeredAt: null });
  const before = asked.length;
  const cut = reset();
  // The one before has to be given up first.
  await until(() => asked.length > before);
  await client.close({ force: true } as Parameters<RPCClient['close']>[0]);
  expect(await cut).toMatchObject({ status: 'error', error: { code: 'ConnectionClosed' } });
  expect(await reset()).toMatchObject({ status: 'not-connected', sentAt: null });
}

async function meterOf(id: string): Promise<unknown[]> {
  const { items } = await server.api<{ items: MeterValue[] }>('GET', `/transactions/${id}/meter-values`);
  return items.flatMap(({ samples }) => samples.map(({ value }) => value));
}

async function theTransaction(thingName: string): Promise<Transaction> {
  const { items } = await server.api<Page<Transaction>>('GET', `/transactions?thingName=${thingName}`);
  const [transaction] = items;
  if (items.length !== 1 || transaction === undefined) throw new Error(`${items.length} transactions`);
  return transaction;
}

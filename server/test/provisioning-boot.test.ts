import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { ThingBootPolicy } from '@cpo-console/shared/api/configuration.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Product, startProduct, type WireChargePoint } from './support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 30_000);
afterAll(() => product.stop());

let name: string;
let things = 0;
let chargePoint: WireChargePoint;

async function connect(version: OcppVersion): Promise<void> {
  chargePoint = await product.connect(name, version);
  chargePoint.onCall(() => ({ result: { status: 'Accepted' } }));
}
const policy = (decision: string, more: object = {}) =>
  product.api<ThingBootPolicy>('PUT', `/things/${name}/boot-policy`, { decision, ...more });
const send = (action: string, payload: object) =>
  product.api<Command>('POST', `/things/${name}/commands`, { action, payload });
/** The payload of the answer, or the code of the error. */
const call = async (action: string, payload: object) => (await chargePoint.call(action, payload))[2];

const BOOT = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } };
const STATUS = { timestamp: '2026-05-04T10:00:00Z', connectorStatus: 'Available', evseId: 1, connectorId: 1 };

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('booting in %s', (version) => {
  beforeEach(async () => {
    name = `BOOT-${++things}`;
    await connect(version);
  });

  it('B01.FR.02: whoever is registered is accepted unless somebody says otherwise', async () => {
    expect(await call('BootNotification', BOOT)).toMatchObject({ status: 'Accepted', interval: 300 });
    expect(await call('StatusNotification', STATUS)).toEqual({});
    expect(await product.api('GET', `/things/${name}/boot-policy`)).toEqual({
      decision: 'Accepted',
      retryIntervalSeconds: 30,
      own: false,
      heldBack: null,
    });
  });

  it('whoever says more than a shadow holds is accepted, and the shadow has what is known of it, shortened', async () => {
    const chargingStation = { vendorName: '\u0000'.repeat(3_000), model: 'M', modem: { imsi: '漢'.repeat(3_000) } };
    expect(await call('BootNotification', { ...BOOT, chargingStation })).toMatchObject({ status: 'Accepted' });
    const { state } = await product.api<{ state: { reported: object } }>('GET', `/things/${name}/shadow`);
    expect(state.reported).toMatchObject({
      reason: 'PowerUp',
      chargingStation: { vendorName: '\u0000'.repeat(50), model: 'M', modem: { imsi: '漢'.repeat(50) } },
    });
  });

  it('whoever boots is accepted, though people have filled its shadow', async () => {
    await product.api('PATCH', `/things/${name}/shadow`, { state: { desired: { note: 'x'.repeat(8_000) } } });
    expect(await call('BootNotification', BOOT)).toMatchObject({ status: 'Accepted' });
  });

  it('B02.FR.06, B02.FR.09: while it is pending, nothing but what was asked for is taken; then it is accepted', async () => {
    await policy('Pending', { retryIntervalSeconds: 7 });
    expect(await call('BootNotification', BOOT)).toMatchObject({ status: 'Pending', interval: 7 });
    expect(await call('StatusNotification', STATUS)).toBe('SecurityError');
    expect(await call('Heartbeat', {})).toBe('SecurityError');
    const part = { requestId: 1, seqNo: 0, generatedAt: STATUS.timestamp };
    expect(await call('NotifyReport', part)).toBe('SecurityError');
    expect(await send('GetBaseReport', { requestId: 1, reportBase: 'FullInventory' })).toMatchObject({
      status: 'answered',
    });
    expect(await call('NotifyReport', part)).toEqual({});
    await send('TriggerMessage', { requestedMessage: 'StatusNotification' });
    expect(await call('StatusNotification', STATUS)).toEqual({});
    expect(await call('Heartbeat', {})).toBe('SecurityError');
    expect(await policy('Accepted')).toMatchObject({ own: true, heldBack: 'Pending' });
    expect(await call('Heartbeat', {})).toBe('SecurityError');
    expect(await call('BootNotification', { ...BOOT, reason: 'Triggered' })).toMatchObject({ status: 'Accepted' });
    expect(await call('Heartbeat', {})).toMatchObject({ currentTime: expect.any(String) });
    expect(await product.api('GET', `/things/${name}/boot-policy`)).toMatchObject({ heldBack: null });
  });

  it('B03.FR.07: while it is rejected, nothing but a boot is taken, also on a new connection', async () => {
    await policy('Rejected');
    expect(await call('BootNotification', BOOT)).toMatchObject({ status: 'Rejected', interval: 30 });
    await send('TriggerMessage', { requestedMessage: 'Heartbeat' });
    expect(await call('Heartbeat', {})).toBe('SecurityError');
    await connect(version);
    expect(await call('Heartbeat', {})).toBe('SecurityError');
    await expect
      .poll(() => product.api<Thing>('GET', `/things/${name}`))
      .toMatchObject({
        overall: 'booting',
        state: { boot: { status: 'Rejected', interval: 30 } },
      });
    await product.api('DELETE', `/things/${name}/boot-policy`);
    expect(await call('BootNotification', BOOT)).toMatchObject({ status: 'Accepted' });
  });

  it('B12: a reset is shown from its answer to the boot', async () => {
    chargePoint.onCall(() => ({ result: { status: 'Scheduled' } }));
    await send('Reset', { type: 'OnIdle' });
    const reset = async () => (await product.api<Thing>('GET', `/things/${name}`)).state.reset;
    await expect.poll(reset).toMatchObject({ status: 'Scheduled', type: 'OnIdle', evseId: null });
    await call('BootNotification', { ...BOOT, reason: 'ScheduledReset' });
    await expect.poll(reset).toBeNull();
  });
});

it('1.6 §4.2: while it is held, only what was asked for is taken, and what ends a session of before', async () => {
  name = `BOOT-${++things}`;
  await connect('ocpp1.6');
  await policy('Pending', { retryIntervalSeconds: 0 });
  const boot = { chargePointVendor: 'V', chargePointModel: 'M' };
  expect(await call('BootNotification', boot)).toMatchObject({ status: 'Pending', interval: 0 });
  const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
  const start = { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: STATUS.timestamp };
  expect(await call('StatusNotification', status)).toBe('SecurityError');
  expect(await call('StartTransaction', start)).toBe('SecurityError');
  expect(await call('StopTransaction', { transactionId: 7, meterStop: 5, timestamp: STATUS.timestamp })).toEqual({});
  await send('TriggerMessage', { requestedMessage: 'StatusNotification' });
  expect(await call('StatusNotification', status)).toEqual({});
  expect(await call('DiagnosticsStatusNotification', { status: 'Idle' })).toBe('SecurityError');
  await send('ExtendedTriggerMessage', { requestedMessage: 'SignChargePointCertificate' });
  expect(await call('SignCertificate', { csr: 'CSR' })).toMatchObject({ status: expect.any(String) });
  expect(await send('GetConfiguration', {})).toMatchObject({ status: 'answered' });
  await policy('Accepted');
  expect(await call('BootNotification', boot)).toMatchObject({ status: 'Accepted', interval: 300 });
  expect(await call('Heartbeat', {})).toMatchObject({ currentTime: expect.any(String) });
});

it('the fleet’s policy holds for those without their own; what held for a removed one is forgotten', async () => {
  name = `BOOT-${++things}`;
  await connect('ocpp2.0.1');
  await product.api('PUT', '/boot-policy', { decision: 'Pending', retryIntervalSeconds: 11 });
  expect(await call('BootNotification', BOOT)).toMatchObject({ status: 'Pending', interval: 11 });
  await policy('Accepted');
  expect(await call('BootNotification', BOOT)).toMatchObject({ status: 'Accepted' });
  await product.api('PUT', '/boot-policy', { decision: 'Accepted' });
  await policy('Rejected');
  await product.request('DELETE', `/things/${name}`);
  await product.api('POST', '/things', { thingName: name });
  await expect
    .poll(() => product.api('GET', `/things/${name}/boot-policy`))
    .toMatchObject({ decision: 'Accepted', own: false });
  expect((await product.request('PUT', `/things/${name}/boot-policy`, { decision: 'Maybe' })).status).toBe(400);
});

import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { ToleranceSettings, ViolationRanking } from '@cpo-console/shared/api/tolerance.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Product, startProduct } from './support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.stop());

const boot = (model: string, serial = 'S1') => ({
  chargePointVendor: 'Acme',
  chargePointModel: model,
  chargePointSerialNumber: serial,
});
const LONG = 'S'.repeat(26);
const STATUS = { connectorId: 1, errorCode: 'NoError', status: 'Available', info: 'x'.repeat(101) };
const patch = (changes: object) => product.api<ToleranceSettings>('PATCH', '/tolerance', changes);
const ranking = (by: string) => product.api<ViolationRanking>('GET', `/violations?by=${by}`);

test('lenient by default: a broken rule is accepted, recorded with place, rule and text, and counted', async () => {
  const chargePoint = await product.connect('LENIENT', 'ocpp1.6');
  expect(await chargePoint.call('BootNotification', boot('A1', LONG))).toMatchObject([3, 'm1', { status: 'Accepted' }]);
  expect(await chargePoint.call('StatusNotification', STATUS)).toEqual([3, 'm2', {}]);
  expect(await chargePoint.call('StatusNotification', STATUS)).toEqual([3, 'm3', {}]);

  const { items } = await product.api<Page<Message>>('GET', '/messages?thingName=LENIENT&violation=true');
  expect(items[0]?.violations).toMatchObject([{ path: '/info', rule: 'maxLength', message: expect.any(String) }]);

  const [worst] = (await ranking('model')).items;
  expect(worst).toMatchObject({
    vendorName: 'Acme',
    model: 'A1',
    thingName: null,
    chargePoints: 1,
    frames: 3,
    tolerance: { mode: 'lenient', from: 'fleet' },
    rules: [
      { action: 'StatusNotification', path: '/info', rule: 'maxLength', frames: 2, lastMessageId: items[0]?.id },
      { action: 'BootNotification', path: '/chargePointSerialNumber', rule: 'maxLength', frames: 1 },
    ],
  });
  expect((await ranking('charge-point')).items[0]).toMatchObject({ thingName: 'LENIENT', frames: 3 });
});

test('strict for a charge point: the rule that is broken decides the error, in the spelling of its version', async () => {
  const v16 = await product.connect('STRICT-16', 'ocpp1.6');
  const v201 = await product.connect('STRICT-201', 'ocpp2.0.1');
  const things = ['STRICT-16', 'STRICT-201'];
  await patch({ chargePoints: things.map((thingName) => ({ thingName, mode: 'strict' })) });
  expect(await product.api('GET', '/things/STRICT-16/tolerance')).toEqual({ mode: 'strict', from: 'charge-point' });

  const [type, , code, description] = await v16.call('StatusNotification', STATUS);
  expect([type, code, description]).toEqual([4, 'PropertyConstraintViolation', expect.stringContaining('/info')]);
  expect((await v16.call('StatusNotification', { ...STATUS, info: 'ok', more: 1 }))[2]).toBe('FormationViolation');
  expect((await v201.call('Heartbeat', { more: 1 }))[2]).toBe('FormatViolation');
  expect((await v201.call('Heartbeat', {}))[0]).toBe(3);
});

test('strict for a model holds for each of that model, from its very first message', async () => {
  await patch({ models: [{ vendorName: 'Acme', model: 'B2', mode: 'strict' }] });
  const strict = await product.connect('MODEL-B2', 'ocpp1.6');
  const other = await product.connect('MODEL-B3', 'ocpp1.6');
  expect((await strict.call('BootNotification', boot('B2', LONG)))[2]).toBe('PropertyConstraintViolation');
  expect((await other.call('BootNotification', boot('B3', LONG)))[0]).toBe(3);
  expect((await strict.call('BootNotification', boot('B2')))[0]).toBe(3);
  expect((await strict.call('StatusNotification', STATUS))[0]).toBe(4);
});

test('the nearest setting counts, and taking it back leaves the next one', async () => {
  const chargePoint = await product.connect('NEAREST', 'ocpp2.1');
  const sloppy = async () => (await chargePoint.call('Heartbeat', { more: 1 }))[0];
  await patch({ fleet: 'strict' });
  expect(await sloppy()).toBe(4);
  await patch({ chargePoints: [{ thingName: 'NEAREST', mode: 'lenient' }] });
  expect(await sloppy()).toBe(3);
  await patch({ chargePoints: [{ thingName: 'NEAREST', mode: null }] });
  expect(await sloppy()).toBe(4);
  expect((await patch({ fleet: 'lenient' })).fleet).toBe('lenient');
  expect(await sloppy()).toBe(3);
});

test('N11: a SEND of 2.1 that breaks a rule counts when lenient, not when strict; it is marked, and never answered', async () => {
  const chargePoint = await product.connect('SENDER', 'ocpp2.1');
  const received = async (v: string) => {
    const payload = { id: 4, pending: 0, basetime: '2026-05-04T11:00:00Z', data: [{ t: 1, v }], more: 1 };
    chargePoint.say(JSON.stringify([6, `send-${v}`, 'NotifyPeriodicEventStream', payload]));
    // Taken in turn: what came before it is dealt with.
    await chargePoint.call('Heartbeat', {});
    const { items } = await product.api<{ items: object[] }>('GET', '/things/SENDER/event-streams');
    return items;
  };
  expect(await received('1')).toMatchObject([{ received: 1, lastValue: '1' }]);
  await patch({ chargePoints: [{ thingName: 'SENDER', mode: 'strict' }] });
  expect(await received('2')).toMatchObject([{ received: 1, lastValue: '1' }]);

  const marked = await product.api<Page<Message>>('GET', '/messages?thingName=SENDER&kind=send&violation=true');
  const broken = [{ path: '/more', rule: 'additionalProperties', message: expect.stringContaining('more') }];
  expect(marked.items).toMatchObject([
    { messageId: 'send-2', violations: broken },
    { messageId: 'send-1', violations: broken },
  ]);
  expect(chargePoint.heard.map(([type]) => type)).toEqual([3, 3]);
});

test('a change that names an unknown charge point changes nothing and says which', async () => {
  const changes = { fleet: 'strict', chargePoints: [{ thingName: 'NOBODY', mode: 'strict' }] };
  expect(await product.request('PATCH', '/tolerance', changes)).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/chargePoints/0/thingName' }] },
  });
  expect(await product.api('GET', '/tolerance')).toMatchObject({ fleet: 'lenient' });
});

test('a removed charge point takes its setting with it', async () => {
  await product.connect('GONE', 'ocpp1.6');
  await patch({ chargePoints: [{ thingName: 'GONE', mode: 'strict' }] });
  await product.api('DELETE', '/things/GONE');
  const { chargePoints } = await product.api<ToleranceSettings>('GET', '/tolerance');
  expect(chargePoints.map(({ thingName }) => thingName)).not.toContain('GONE');
});

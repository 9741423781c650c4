import type { ChangeResult, DesiredRule, Drift, ThingDrift } from '@cpo-console/shared/api/configuration.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Product, startProduct } from './support/product.ts';
import { connectScripted, type ScriptedChargePoint } from './support/scripted-charge-point.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 30_000);
afterAll(() => product.stop());

afterEach(async () => {
  const { items } = await product.api<Page<DesiredRule>>('GET', '/desired-configuration');
  for (const { id } of items) await product.request('DELETE', `/desired-configuration/${id}`);
});

let name: string;
let things = 0;
let chargePoint: ScriptedChargePoint;

async function connect(version: OcppVersion): Promise<void> {
  name = `WANT-${++things}`;
  await product.api('POST', '/things', { thingName: name, tags: [`a-${name}`, `b-${name}`] });
  chargePoint = await connectScripted(product, name, version);
}

const rule = (body: object) => product.api<DesiredRule>('POST', '/desired-configuration', body);
const drift = async () => (await product.api<{ items: Drift[] }>('GET', `/things/${name}/desired-configuration`)).items;
const apply = () =>
  product
    .api<{ results: ChangeResult[] }>('POST', `/things/${name}/desired-configuration/apply`)
    .then(({ results }) => results);
const outOfStep = async () =>
  (await product.api<Page<ThingDrift>>('GET', '/desired-configuration/drift')).items.filter(
    ({ thingName }) => thingName === name,
  );

const place = (variable: string) => ({ component: { name: `C-${name}` }, variable: { name: variable } });
const reported = (variable: string, value: string, mutability = 'ReadWrite') => ({
  ...place(variable),
  variableAttribute: [{ value, mutability }],
});
const report = (reportData: object[]) =>
  chargePoint.call('NotifyReport', { requestId: 1, seqNo: 0, generatedAt: '2026-05-04T10:00:00Z', reportData });
const BOOT = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } };

describe('the desired configuration', () => {
  beforeEach(() => connect('ocpp2.0.1'));

  it('the most specific rule holds: charge point, then tag, then fleet', async () => {
    await rule({ scope: 'fleet', ...place('x'), value: 'fleet' });
    await rule({ scope: 'fleet', ...place('y'), value: 'fleet' });
    await rule({ scope: 'tag', target: `b-${name}`, ...place('y'), value: 'b' });
    await rule({ scope: 'tag', target: `a-${name}`, ...place('Y'), value: 'a' });
    await rule({ scope: 'fleet', ...place('z'), value: 'fleet' });
    await rule({ scope: 'tag', target: `a-${name}`, ...place('z'), value: 'a' });
    await rule({ scope: 'thing', target: name, ...place('z'), value: 'own' });
    await rule({ scope: 'tag', target: 'of-nobody', ...place('z'), value: 'other' });
    expect((await drift()).map(({ desired, rule: { scope } }) => `${scope} ${desired}`)).toEqual([
      'fleet fleet',
      'tag a',
      'thing own',
    ]);
  });

  it('drift tells what differs, what cannot be set and what was never told', async () => {
    for (const [variable, value] of Object.entries({
      same: '10',
      boolean: 'TRUE',
      other: '1',
      fixed: '1',
      untold: '1',
    }))
      await rule({ scope: 'thing', target: name, ...place(variable), value });
    const told = [reported('same', '10.0'), reported('boolean', 'true'), reported('other', '2')];
    await report([...told, reported('fixed', '2', 'ReadOnly')]);
    expect(Object.fromEntries((await drift()).map(({ variable, state }) => [variable.name, state]))).toEqual({
      same: 'in-step',
      boolean: 'in-step',
      other: 'differs',
      fixed: 'read-only',
      untold: 'unknown',
    });
    expect(await outOfStep()).toEqual([{ thingName: name, wanted: 5, differs: 1, readOnly: 1, unknown: 1 }]);
  });

  it('nothing is sent until somebody applies it; then what differs or is not known, with a result for each', async () => {
    for (const variable of ['a', 'b', 'c'])
      await rule({ scope: 'thing', target: name, ...place(variable), value: '1' });
    await report([reported('a', '1'), reported('b', '2')]);
    await chargePoint.call('BootNotification', BOOT);
    await chargePoint.call('Heartbeat', {});
    expect(chargePoint.asked).toEqual([]);
    chargePoint.answer('SetVariables', () => ({
      setVariableResult: [
        { ...place('b'), attributeStatus: 'Accepted' },
        { ...place('c'), attributeStatus: 'Rejected' },
      ],
    }));
    expect(await apply()).toMatchObject([
      { variable: { name: 'b' }, status: 'Accepted' },
      { variable: { name: 'c' }, status: 'Rejected' },
    ]);
    expect(chargePoint.asked).toHaveLength(1);
    expect((await drift()).map(({ state }) => state)).toEqual(['in-step', 'in-step', 'unknown']);
  });

  it('what is switched on for it is sent after a boot that was accepted, once, and not again when in step', async () => {
    await rule({ scope: 'thing', target: name, ...place('auto'), value: '1', applyOnBoot: true });
    await rule({ scope: 'thing', target: name, ...place('byHand'), value: '1' });
    chargePoint.answer('SetVariables', () => ({
      setVariableResult: [{ ...place('auto'), attributeStatus: 'Accepted' }],
    }));
    await product.api('PUT', `/things/${name}/boot-policy`, { decision: 'Pending' });
    await chargePoint.call('BootNotification', BOOT);
    await product.api('DELETE', `/things/${name}/boot-policy`);
    expect(chargePoint.asked).toEqual([]);
    await chargePoint.call('BootNotification', BOOT);
    await expect
      .poll(() => chargePoint.asked)
      .toMatchObject([
        { action: 'SetVariables', payload: { setVariableData: [{ ...place('auto'), attributeValue: '1' }] } },
      ]);
    await expect.poll(async () => (await drift()).map(({ state }) => state)).toEqual(['in-step', 'unknown']);
    await chargePoint.call('BootNotification', BOOT);
    await chargePoint.call('Heartbeat', {});
    expect(chargePoint.asked).toHaveLength(1);
  });

  it('rules are listed, replaced and removed; two for the same variable in one scope are not kept', async () => {
    const body = { scope: 'tag', target: `a-${name}`, ...place('v'), value: '1' };
    const made = await rule(body);
    expect(made).toMatchObject({ component: { evseId: null }, attribute: 'Actual', applyOnBoot: false });
    const path = `/desired-configuration/${made.id}`;
    expect((await product.request('POST', '/desired-configuration', { ...body, ...place('V') })).status).toBe(409);
    const other = await rule({ ...body, ...place('w') });
    expect((await product.request('PUT', `/desired-configuration/${other.id}`, body)).status).toBe(409);
    expect(await product.api('PUT', path, { ...body, value: '2', applyOnBoot: true })).toMatchObject({
      id: made.id,
      value: '2',
    });
    const of = `/desired-configuration?scope=tag&target=a-${name}`;
    const first = await product.api<Page<DesiredRule>>('GET', `${of}&limit=1`);
    const second = await product.api<Page<DesiredRule>>('GET', `${of}&limit=1&cursor=${first.nextCursor}`);
    expect([first.items[0]?.value, second.items[0]?.id, second.nextCursor]).toEqual(['2', other.id, null]);
    expect((await product.request('DELETE', path)).status).toBe(204);
    expect((await product.request('GET', path)).status).toBe(404);
  });

  it.each([
    [{ scope: 'fleet', target: 'x' }, '/target'],
    [{ scope: 'tag' }, '/target'],
    [{ scope: 'thing', target: 'nobody' }, '/target'],
    [{ scope: 'fleet', variable: { name: 'BasicAuthPassword' } }, '/variable/name'],
  ])('%o is refused', async (body, path) => {
    const answer = await product.request('POST', '/desired-configuration', { ...place('v'), value: '1', ...body });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });

  it('what was wanted of a removed charge point goes with it', async () => {
    const { id } = await rule({ scope: 'thing', target: name, ...place('v'), value: '1' });
    await product.request('DELETE', `/things/${name}`);
    await expect.poll(async () => (await product.request('GET', `/desired-configuration/${id}`)).status).toBe(404);
  });
});

it('OCPP 1.6: rules without a component are about its keys, those with one are not', async () => {
  await connect('ocpp1.6');
  await rule({ scope: 'thing', target: name, variable: { name: 'HeartbeatInterval' }, value: '60' });
  await rule({ scope: 'thing', target: name, ...place('v'), value: '1' });
  chargePoint.answer('ChangeConfiguration', () => ({ status: 'Accepted' }));
  expect(await drift()).toMatchObject([{ component: null, state: 'unknown' }]);
  expect(await apply()).toMatchObject([{ status: 'Accepted' }]);
  expect(chargePoint.asked).toEqual([
    { action: 'ChangeConfiguration', payload: { key: 'HeartbeatInterval', value: '60' } },
  ]);
  expect(await drift()).toMatchObject([{ state: 'in-step', reported: '60' }]);
});

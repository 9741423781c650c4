import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { ChangeResult, ReportedVariable, VariableReport } from '@cpo-console/shared/api/configuration.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Product, startProduct } from './support/product.ts';
import { connectScripted, type ScriptedChargePoint } from './support/scripted-charge-point.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 30_000);
afterAll(() => product.stop());

let name: string;
let things = 0;
let chargePoint: ScriptedChargePoint;

const send = (action: string, payload: object = {}) =>
  product.api<Command>('POST', `/things/${name}/commands`, { action, payload });
const page = (query = '') => product.api<Page<ReportedVariable>>('GET', `/things/${name}/variables${query}`);
const values = async (query = '') =>
  (await page(query)).items.map(({ component, variable, attribute, value }) =>
    [component?.name, variable.name, attribute, value].filter((part) => part !== undefined).join(' '),
  );
const reports = () =>
  product.api<{ items: VariableReport[] }>('GET', `/things/${name}/variable-reports`).then(({ items }) => items);

const entry = (component: string, variable: string, value: string, more: object = {}) => ({
  component: { name: component },
  variable: { name: variable },
  variableAttribute: [{ value, mutability: 'ReadWrite' }],
  ...more,
});

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('the device model in %s', (version) => {
  beforeEach(async () => {
    name = `DM-${++things}`;
    chargePoint = await connectScripted(product, name, version);
  });

  const part = (requestId: number, seqNo: number, tbc: boolean, reportData: object[]) =>
    chargePoint.call('NotifyReport', { requestId, seqNo, tbc, generatedAt: '2026-05-04T10:00:00Z', reportData });

  it('B07: a report in several parts is kept with attributes and characteristics, and its progress told', async () => {
    const { payload } = await send('GetBaseReport', { reportBase: 'FullInventory' });
    const { requestId } = payload as { requestId: number };
    expect(requestId).toBeGreaterThan(0);
    expect(await reports()).toMatchObject([{ requestId, kind: 'FullInventory', answer: 'Accepted', parts: 0 }]);
    const attributes = [
      { type: 'Actual', value: '16', mutability: 'ReadOnly', constant: true },
      { type: 'MaxSet', value: '32', mutability: 'ReadWrite', persistent: true },
      { type: 'Target', mutability: 'WriteOnly' },
    ];
    const limits = { unit: 'A', minLimit: 6, maxLimit: 32.5, valuesList: '6,16,32' };
    const variableCharacteristics = { dataType: 'decimal', supportsMonitoring: true, ...limits };
    const component = { name: 'Connector', instance: 'left', evse: { id: 1, connectorId: 2 } };
    const variable = { name: 'Limit', instance: 'a' };
    await part(requestId, 0, true, [{ component, variable, variableAttribute: attributes, variableCharacteristics }]);
    expect(await reports()).toMatchObject([{ parts: 1, variables: 3, complete: false, intact: true }]);
    await part(requestId, 1, false, [entry('OCPPCommCtrlr', 'HeartbeatInterval', '60')]);
    expect(await reports()).toMatchObject([{ parts: 2, variables: 4, complete: true, intact: true }]);
    const { items } = await page('?component=connector');
    const told = {
      component: { name: 'Connector', instance: 'left', evseId: 1, connectorId: 2 },
      variable: { name: 'Limit', instance: 'a' },
      characteristics: { dataType: 'decimal', supportsMonitoring: true, ...limits, maxElements: null },
    };
    expect(items).toMatchObject([
      { ...told, attribute: 'Actual', value: '16', mutability: 'ReadOnly', constant: true, persistent: false },
      { ...told, attribute: 'MaxSet', value: '32', mutability: 'ReadWrite', constant: false, persistent: true },
      { ...told, attribute: 'Target', value: null, mutability: 'WriteOnly' },
    ]);
  });

  it('B07: what a full inventory no longer tells goes with its last part, not before, and not when a part is missing', async () => {
    const full = { reportBase: 'FullInventory' };
    await send('GetBaseReport', { ...full, requestId: 1 });
    await part(1, 0, false, [entry('A', 'a', '1'), entry('B', 'b', '1'), entry('C', 'c', '1')]);
    await send('GetBaseReport', { ...full, requestId: 2 });
    await part(2, 0, true, [entry('A', 'a', '2')]);
    await part(2, 2, false, [entry('B', 'b', '2')]);
    expect(await reports()).toMatchObject([{ requestId: 2, complete: true, intact: false }, { requestId: 1 }]);
    expect(await values()).toEqual(['A a Actual 2', 'B b Actual 2', 'C c Actual 1']);
    await send('GetBaseReport', { ...full, requestId: 3 });
    await part(3, 0, true, [entry('A', 'a', '3')]);
    expect(await values()).toHaveLength(3);
    // A part that is sent again counts once.
    await part(3, 0, true, [entry('A', 'a', '3')]);
    await part(3, 1, false, [entry('B', 'b', '3')]);
    expect(await values()).toEqual(['A a Actual 3', 'B b Actual 3']);
  });

  it('B08: a custom report and an inventory of what can be configured add, and take nothing away', async () => {
    await send('GetBaseReport', { reportBase: 'FullInventory', requestId: 1 });
    await part(1, 0, false, [entry('A', 'a', '1'), entry('B', 'b', '1')]);
    await send('GetReport', { requestId: 2, componentVariable: [{ component: { name: 'A' } }] });
    await part(2, 0, false, [entry('A', 'a', '2')]);
    await send('GetBaseReport', { reportBase: 'ConfigurationInventory', requestId: 3 });
    await part(3, 0, false, [entry('C', 'c', '3')]);
    expect(await values()).toEqual(['A a Actual 2', 'B b Actual 1', 'C c Actual 3']);
    chargePoint.answer('GetReport', () => ({ status: 'EmptyResultSet' }));
    await send('GetReport', { requestId: 4, componentCriteria: ['Problem'] });
    expect((await reports())[0]).toMatchObject({ requestId: 4, kind: 'Custom', answer: 'EmptyResultSet', parts: 0 });
  });

  it('B05, B06: variables set and read, with a boot outstanding until it came; names without regard to case', async () => {
    const place = (variable: string) => ({ component: { name: 'OCPPCommCtrlr' }, variable: { name: variable } });
    const result = (variable: string, attributeStatus: string) => ({ ...place(variable), attributeStatus });
    chargePoint.answer('SetVariables', () => ({
      setVariableResult: [result('heartbeatinterval', 'Accepted'), result('Ping', 'RebootRequired')],
    }));
    const setVariableData = [
      { ...place('HeartbeatInterval'), attributeValue: '0060' },
      { ...place('Ping'), attributeValue: '5' },
    ];
    await send('SetVariables', { setVariableData });
    expect((await page()).items).toMatchObject([
      { variable: { name: 'HeartbeatInterval' }, value: '0060', rebootRequired: false },
      { variable: { name: 'Ping' }, value: '5', rebootRequired: true },
    ]);
    await chargePoint.call('BootNotification', {
      reason: 'RemoteReset',
      chargingStation: { vendorName: 'V', model: 'M' },
    });
    expect((await page('?search=ping')).items).toMatchObject([{ rebootRequired: false }]);
    chargePoint.answer('GetVariables', () => ({
      getVariableResult: [
        { ...result('HEARTBEATINTERVAL', 'Accepted'), attributeValue: '90' },
        result('Ping', 'UnknownVariable'),
      ],
    }));
    await send('GetVariables', { getVariableData: [place('HeartbeatInterval'), place('Ping')] });
    expect(await values()).toEqual(['OCPPCommCtrlr HeartbeatInterval Actual 90']);
  });

  it('N07: an event tells what a variable has become', async () => {
    const eventData = [
      {
        eventId: 1,
        timestamp: '2026-05-04T11:00:00Z',
        trigger: 'Delta',
        actualValue: 'Unavailable',
        eventNotificationType: 'HardWiredNotification',
        component: { name: 'Connector', evse: { id: 1, connectorId: 1 } },
        variable: { name: 'AvailabilityState' },
      },
    ];
    await chargePoint.call('NotifyEvent', { generatedAt: '2026-05-04T11:00:00Z', seqNo: 0, eventData });
    expect(await values()).toEqual(['Connector AvailabilityState Actual Unavailable']);
  });

  it('is paged and searched, and shows no secret', async () => {
    await part(7, 0, false, [
      ...Array.from({ length: 7 }, (_, index) => entry('C', `v${index}`, `value ${index}`)),
      entry('SecurityCtrlr', 'BasicAuthPassword', 'hunter2'),
    ]);
    const first = await page('?limit=5');
    const second = await page(`?limit=5&cursor=${first.nextCursor}`);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([5, 3, null]);
    expect(await values('?search=c%20value%203')).toEqual(['C v3 Actual value 3']);
    expect(second.items.at(-1)).toMatchObject({ value: '•••', secret: true });
    expect(JSON.stringify([second, await values('?search=hunter')])).not.toContain('hunter2');
  });
});

describe('configuration keys of OCPP 1.6', () => {
  beforeEach(async () => {
    name = `DM-${++things}`;
    chargePoint = await connectScripted(product, name, 'ocpp1.6');
  });

  const keys = (configurationKey: object[], unknownKey: string[] = []) =>
    chargePoint.answer('GetConfiguration', () => ({ configurationKey, unknownKey }));

  it('§5.8: all keys replace what was known; single ones add, unknown ones go', async () => {
    keys([
      { key: 'A', readonly: true, value: '1' },
      { key: 'B', readonly: false, value: '2' },
    ]);
    await send('GetConfiguration');
    expect((await page()).items).toMatchObject([
      { component: null, variable: { name: 'A' }, value: '1', mutability: 'ReadOnly' },
      { component: null, variable: { name: 'B' }, value: '2', mutability: 'ReadWrite' },
    ]);
    keys([{ key: 'C', readonly: false, value: '3' }], ['A']);
    await send('GetConfiguration', { key: ['C', 'A'] });
    expect(await values()).toEqual(['B Actual 2', 'C Actual 3']);
    keys([{ key: 'b', readonly: false, value: '4' }]);
    await send('GetConfiguration');
    expect(await values()).toEqual(['B Actual 4']);
  });

  it('§5.3: a changed key is what it was set to, with the boot it waits for; a secret is never shown and stays', async () => {
    chargePoint.answer('ChangeConfiguration', ({ key }) => ({
      status: key === 'SecurityProfile' ? 'RebootRequired' : 'Accepted',
    }));
    await send('ChangeConfiguration', { key: 'SecurityProfile', value: '1' });
    await send('ChangeConfiguration', { key: 'AuthorizationKey', value: '00ff00ff00ff00ff00ff' });
    const known = [
      { variable: { name: 'AuthorizationKey' }, value: '•••', secret: true },
      { variable: { name: 'SecurityProfile' }, value: '1', rebootRequired: true },
    ];
    expect((await page()).items).toMatchObject(known);
    keys([{ key: 'SecurityProfile', readonly: false, value: '1' }]);
    await send('GetConfiguration');
    expect((await page()).items).toMatchObject(known);
    await chargePoint.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
    expect((await page('?search=profile')).items).toMatchObject([{ rebootRequired: false }]);
  });
});

const change = (changes: object[]) =>
  product.api<{ results: ChangeResult[] }>('PATCH', `/things/${name}/variables`, { changes });
const read = (body: object) => product.api<{ commands: Command[] }>('POST', `/things/${name}/variables/read`, body);

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('changing and reading variables in %s', (version) => {
  beforeEach(async () => {
    name = `DM-${++things}`;
    chargePoint = await connectScripted(product, name, version);
  });

  const place = (component: string, variable: string) => ({
    component: { name: component },
    variable: { name: variable },
  });

  it('B05.FR.01: each variable has its own result, in the charge point’s words', async () => {
    chargePoint.answer('SetVariables', ({ setVariableData }) => ({
      setVariableResult: (setVariableData as Record<string, unknown>[])
        .map(({ attributeValue, ...rest }) => ({
          ...rest,
          attributeStatus: String(attributeValue),
          ...(attributeValue === 'Rejected'
            ? { attributeStatusInfo: { reasonCode: 'TooBig', additionalInfo: 'at most 9' } }
            : {}),
        }))
        .reverse(),
    }));
    const wanted = [
      'Accepted',
      'Rejected',
      'UnknownComponent',
      'UnknownVariable',
      'NotSupportedAttributeType',
      'RebootRequired',
    ];
    const { results } = await change(
      wanted.map((value, index) => ({
        component: { name: 'C', evseId: 1 },
        variable: { name: `v${index}`, instance: 'i' },
        attribute: index === 4 ? 'MaxSet' : 'Actual',
        value,
      })),
    );
    expect(results.map(({ status }) => status)).toEqual(wanted);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'accepted',
      'refused',
      'refused',
      'refused',
      'refused',
      'reboot-required',
    ]);
    expect(results[1]).toMatchObject({ detail: 'TooBig: at most 9', commandId: expect.any(String) });
    expect(chargePoint.asked.at(-1)?.payload).toMatchObject({
      setVariableData: [
        {
          attributeValue: 'Accepted',
          component: { name: 'C', evse: { id: 1 } },
          variable: { name: 'v0', instance: 'i' },
        },
        {},
        {},
        {},
        { attributeType: 'MaxSet' },
        {},
      ],
    });
    expect(await values()).toEqual(['C v0 Actual Accepted', 'C v5 Actual RebootRequired']);
  });

  it('B05.FR.11, B06: no message holds more entries than the charge point takes', async () => {
    const limit = (message: string) => ({
      component: { name: 'DeviceDataCtrlr' },
      variable: { name: 'ItemsPerMessage', instance: message },
      variableAttribute: [{ value: '2', mutability: 'ReadOnly' }],
    });
    const reportData = [limit('SetVariables'), limit('GetVariables')];
    await chargePoint.call('NotifyReport', { requestId: 1, seqNo: 0, generatedAt: '2026-05-04T10:00:00Z', reportData });
    chargePoint.answer('SetVariables', () => ({ setVariableResult: [] }));
    chargePoint.answer('GetVariables', () => ({ getVariableResult: [] }));
    const places = ['a', 'b', 'c'].map((variable) => place('C', variable));
    const { results } = await change(places.map((each) => ({ ...each, value: '1' })));
    expect(results).toMatchObject([{ status: 'NoAnswer', outcome: 'refused' }, {}, {}]);
    expect((await read({ variables: places })).commands).toHaveLength(2);
    expect(chargePoint.asked.map(({ action }) => action)).toEqual([
      'SetVariables',
      'SetVariables',
      'GetVariables',
      'GetVariables',
    ]);
    expect((await read({})).commands).toMatchObject([
      { action: 'GetBaseReport', payload: { reportBase: 'FullInventory' } },
    ]);
  });

  it('what does not fit the version or the schema says so', async () => {
    expect(
      await product.request('PATCH', `/things/${name}/variables`, {
        changes: [{ variable: { name: 'a' }, value: '' }],
      }),
    ).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/changes/0/component' }] },
    });
    const { results } = await change([{ ...place('C'.repeat(60), 'v'), value: '1' }]);
    expect(results).toMatchObject([{ status: 'invalid', outcome: 'failed', commandId: null }]);
  });
});

it('1.6 §5.3: keys are changed one after another, each with its result; after a silence no more are sent', async () => {
  name = `DM-${++things}`;
  chargePoint = await connectScripted(product, name, 'ocpp1.6');
  const results = ['Accepted', 'RebootRequired', 'NotSupported', 'Rejected'];
  chargePoint.answer('ChangeConfiguration', ({ value }) => ({ status: value }));
  const keys = (list: string[]) => list.map((value) => ({ variable: { name: `Key${value}` }, value }));
  expect((await change(keys(results))).results.map(({ status }) => status)).toEqual(results);
  expect(await values()).toEqual(['KeyAccepted Actual Accepted', 'KeyRebootRequired Actual RebootRequired']);
  chargePoint.answer('GetConfiguration', () => ({ configurationKey: [] }));
  await read({ variables: [{ variable: { name: 'KeyAccepted' } }] });
  expect(chargePoint.asked.at(-1)).toMatchObject({ action: 'GetConfiguration', payload: { key: ['KeyAccepted'] } });
  chargePoint.answer('ChangeConfiguration', () => null);
  const waiting = change(keys(['a', 'b']));
  await expect.poll(() => chargePoint.asked.at(-1)?.payload).toEqual({ key: 'Keya', value: 'a' });
  await product.connect(name, 'ocpp1.6');
  expect((await waiting).results).toMatchObject([
    { status: 'ConnectionClosed', outcome: 'failed' },
    { status: 'not-sent' },
  ]);
});

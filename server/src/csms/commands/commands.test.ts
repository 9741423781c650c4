import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../../test/support/eventually.ts';
import { startCsms, type TestCsms } from '../testing/start-csms.ts';

let csms: TestCsms;
beforeEach(async () => {
  csms = await startCsms();
});
afterEach(() => csms.stop());

const send = (action: string, payload: unknown, more: object = {}) =>
  csms.commands.send({ thingName: 'CP1', action, payload, sentBy: 'ada', ...more });
const lastCall = (thingName = 'CP1') => csms.outOf(thingName).findLast((frame) => frame[0] === 2);

async function answerNext(answer: (messageId: unknown) => unknown[]): Promise<void> {
  await eventually(() => expect(lastCall()).toBeDefined());
  csms.say('CP1', answer(lastCall()?.[1]));
}

test('a command is sent as given and ends with the answer, whatever it says', async () => {
  csms.present('CP1', 'ocpp1.6');
  const seen: string[] = [];
  csms.commands.onChange(({ status }) => seen.push(status));
  const sending = send('Reset', { type: 'Soft' });
  await answerNext((messageId) => [3, messageId, { status: 'Rejected' }]);
  const outcome = await sending;
  expect(outcome).toMatchObject({ command: { status: 'answered', response: { status: 'Rejected' }, sentBy: 'ada' } });
  expect(lastCall()?.slice(2)).toEqual(['Reset', { type: 'Soft' }]);
  expect(seen).toEqual(['sent', 'answered']);
  const { items } = await csms.commands.list({ thingName: 'CP1', limit: 10 });
  expect(items).toEqual(outcome.kind === 'done' ? [outcome.command] : []);
  expect(await csms.commands.get(items[0]!.id)).toEqual(items[0]);
});

test('members leave in the order given', async () => {
  csms.present('CP1', 'ocpp1.6');
  const sending = send('ChangeConfiguration', { value: '1', key: 'k' });
  await answerNext((messageId) => [4, messageId, 'NotSupported', 'no', {}]);
  expect(await sending).toMatchObject({
    command: { status: 'error', error: { code: 'NotSupported', description: 'no' } },
  });
  expect(csms.bus.sent.some(({ text }) => text.endsWith('{"value":"1","key":"k"}]'))).toBe(true);
});

test('what is not right for the version is not sent', async () => {
  expect(await send('Reset', {})).toEqual({ kind: 'unknown-version' });
  csms.present('CP1', 'ocpp2.0.1');
  expect(await send('Reset', { type: 'Soft' })).toMatchObject({ kind: 'invalid' });
  expect(await send('RemoteStartTransaction', {})).toMatchObject({ kind: 'unknown-action' });
  expect(await send('Heartbeat', {})).toMatchObject({ kind: 'unknown-action' });
  expect(csms.outOf('CP1')).toEqual([]);
});

test('a command without an answer times out', async () => {
  csms.present('CP1', 'ocpp1.6');
  expect(await send('ClearCache', {}, { timeoutSeconds: 0.01 })).toMatchObject({ command: { status: 'timeout' } });
});

test.each([true, false])('a lost connection ends it at once (replaced by a newer one: %s)', async (replaced) => {
  csms.present('CP1', 'ocpp1.6');
  const sending = send('Reset', { type: 'Hard' });
  await eventually(() => expect(lastCall()).toBeDefined());
  csms.present('CP1', 'ocpp1.6', replaced);
  expect(await sending).toMatchObject({ command: { status: 'error', error: { code: 'ConnectionClosed' } } });
});

test('who is away is not connected, and known by its last version', async () => {
  const outcome = await csms.commands.send({ thingName: 'SEEN', action: 'ClearCache', payload: {}, sentBy: 'ada' });
  expect(outcome).toMatchObject({ command: { status: 'not-connected', sentAt: null } });
});

test('queued commands go out after the next boot, in order, one at a time, also after a restart', async () => {
  const queue = (action: string, payload: unknown) =>
    csms.commands.send({ thingName: 'SEEN', action, payload, sentBy: 'ada', queueSeconds: 60 });
  expect(await queue('ChangeConfiguration', { key: 'AuthorizationKey', value: 'c0ffee' })).toMatchObject({
    command: { status: 'queued' },
  });
  csms.clock.now += 1;
  await queue('ClearCache', {});
  await csms.stop({ keepData: true });
  csms = await startCsms({ dataDir: csms.dataDir });
  csms.present('SEEN', 'ocpp1.6');
  expect(lastCall('SEEN')).toBeUndefined();
  await csms.call('SEEN', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
  await eventually(() =>
    expect(lastCall('SEEN')?.slice(2)).toEqual(['ChangeConfiguration', { key: 'AuthorizationKey', value: 'c0ffee' }]),
  );
  csms.say('SEEN', [3, lastCall('SEEN')?.[1], { status: 'Accepted' }]);
  await eventually(() => expect(lastCall('SEEN')?.[2]).toBe('ClearCache'));
  expect(JSON.stringify(await csms.commands.list({ limit: 10 }))).not.toContain('c0ffee');
  expect(await csms.variables.list('SEEN')).toMatchObject([{ variable: { name: 'AuthorizationKey' }, value: '•••' }]);
});

test('a queued command that nobody fetched expires', async () => {
  const request = { thingName: 'SEEN', action: 'ClearCache', payload: {}, sentBy: 'ada', queueSeconds: 0.01 };
  const outcome = await csms.commands.send(request);
  const id = outcome.kind === 'done' ? outcome.command.id : '';
  await eventually(async () => expect(await csms.commands.get(id)).toMatchObject({ status: 'expired' }));
});

test('1.6: GetConfiguration tells the variables', async () => {
  csms.present('CP1', 'ocpp1.6');
  const sending = send('GetConfiguration', {});
  await answerNext((id) => [3, id, { configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '60' }] }]);
  await sending;
  expect(await csms.variables.list('CP1')).toMatchObject([
    { variable: { name: 'HeartbeatInterval' }, value: '60', mutability: 'ReadWrite' },
  ]);
});

test('2.x: SetVariables changes what was accepted, GetVariables tells what was read', async () => {
  csms.present('CP1', 'ocpp2.0.1');
  const place = (name: string) => ({ component: { name: 'C' }, variable: { name } });
  const setVariableData = ['a', 'b'].map((name) => ({ ...place(name), attributeValue: '1' }));
  const sending = send('SetVariables', { setVariableData });
  const setVariableResult = [
    { ...place('a'), attributeStatus: 'Accepted' },
    { ...place('b'), attributeStatus: 'Rejected' },
  ];
  await answerNext((id) => [3, id, { setVariableResult }]);
  await sending;
  expect(await csms.variables.list('CP1')).toMatchObject([{ variable: { name: 'a' }, value: '1' }]);
});

describe('a new password', () => {
  let old: Buffer;
  beforeEach(async () => {
    const created = await csms.registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'basic' });
    old = Buffer.from(created?.password ?? '');
  });

  const isIn = (password: Buffer) => csms.registry.admit('CP1', { userName: 'CP1', password }).admitted;
  const stored = async () =>
    JSON.stringify([await csms.variables.list('CP1'), await csms.commands.list({ thingName: 'CP1', limit: 10 })]);

  test.each([
    ['00ff10c3a9', Buffer.from('00ff10c3a9', 'hex')],
    ['not hexadecimal: é', Buffer.from('not hexadecimal: é')],
    ['ab'.repeat(21), Buffer.from('ab'.repeat(21))],
  ])('1.6: is asked for once it is accepted (%s)', async (value, password) => {
    csms.present('CP1', 'ocpp1.6');
    const sending = send('ChangeConfiguration', { key: 'AuthorizationKey', value });
    await answerNext((id) => [3, id, { status: 'Accepted' }]);
    await sending;
    expect([isIn(password), isIn(old)]).toEqual([true, false]);
    expect(await stored()).not.toContain(value);
  });

  test.each(['Rejected', 'NotSupported'])('1.6: is not asked for when it is answered %s', async (status) => {
    csms.present('CP1', 'ocpp1.6');
    const sending = send('ChangeConfiguration', { key: 'AuthorizationKey', value: '00ff10' });
    await answerNext((id) => [3, id, { status }]);
    await sending;
    expect([isIn(Buffer.from('00ff10', 'hex')), isIn(old)]).toEqual([false, true]);
  });

  test('1.6: gets in with either from before it hears of it until it comes with one, when it is taken over by a reboot', async () => {
    csms.present('CP1', 'ocpp1.6');
    const sending = send('ChangeConfiguration', { key: 'AuthorizationKey', value: '00ff10' });
    await eventually(() => expect(lastCall()).toBeDefined());
    const { items } = await csms.commands.list({ thingName: 'CP1', limit: 1 });
    expect(items).toMatchObject([{ status: 'sent' }]);
    expect(csms.registry.get('CP1')?.passwordOfferedAt).not.toBeNull();
    await answerNext((id) => [3, id, { status: 'RebootRequired' }]);
    await sending;
    expect([isIn(old), isIn(Buffer.from('00ff10', 'hex'))]).toEqual([true, true]);
    await eventually(() => expect(isIn(old)).toBe(false));
    expect(isIn(Buffer.from('00ff10', 'hex'))).toBe(true);
  });

  test.each(['ocpp1.6', 'ocpp2.0.1'] as const)('%s: gets in with either when its answer is lost', async (version) => {
    csms.present('CP1', version);
    const place = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };
    const sending =
      version === 'ocpp1.6'
        ? send('ChangeConfiguration', { key: 'authorizationkey', value: 'not hexadecimal' })
        : send('SetVariables', { setVariableData: [{ ...place, attributeValue: 'not hexadecimal' }] });
    await eventually(() => expect(lastCall()).toBeDefined());
    csms.present('CP1', version, false);
    await sending;
    expect([isIn(old), isIn(Buffer.from('not hexadecimal'))]).toEqual([true, true]);
  });

  test.each([
    ['ocpp2.0.1', 'Accepted', true],
    ['ocpp2.1', 'Accepted', true],
    ['ocpp2.0.1', 'Rejected', false],
  ] as const)('%s: answered %s, whether it is asked for: %s', async (version, attributeStatus, isNew) => {
    csms.present('CP1', version);
    const place = (component: string, name: string) => ({ component: { name: component }, variable: { name } });
    const secret = place('SecurityCtrlr', 'BasicAuthPassword');
    const other = place('OCPPCommCtrlr', 'HeartbeatInterval');
    const sending = send('SetVariables', {
      setVariableData: [
        { ...secret, attributeValue: 'c0ffeec0ffeec0ffee' },
        { ...other, attributeValue: '60' },
      ],
    });
    const setVariableResult = [
      { ...other, attributeStatus: 'Accepted' },
      { ...secret, attributeStatus },
    ];
    await answerNext((id) => [3, id, { setVariableResult }]);
    await sending;
    expect([isIn(Buffer.from('c0ffeec0ffeec0ffee')), isIn(old)]).toEqual([isNew, !isNew]);
    expect(await stored()).not.toContain('c0ffee');
  });
});

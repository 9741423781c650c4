import type { BulkCommand, BulkResult, Command } from '@cpo-console/shared/api/commands.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { type Product, startProduct } from './support/product.ts';

let product: Product;
beforeEach(async () => {
  product = await startProduct();
});
afterEach(() => product.stop());

const start = (body: object) => product.api<BulkCommand>('POST', '/bulk-commands', body);
const results = async (id: string, query = '') =>
  (await product.api<Page<BulkResult>>('GET', `/bulk-commands/${id}/results?${query}`)).items;

async function finished(id: string): Promise<BulkCommand> {
  let bulk: BulkCommand | undefined;
  await eventually(async () => {
    bulk = await product.api<BulkCommand>('GET', `/bulk-commands/${id}`);
    expect(bulk.finishedAt).not.toBeNull();
  });
  return bulk as BulkCommand;
}

test('one command goes to many charge points of mixed versions, and says who was left out and why', async () => {
  const answers = { ACCEPTS: 'Accepted', REJECTS: 'Rejected' };
  for (const [thingName, status] of Object.entries(answers)) {
    (await product.connect(thingName, 'ocpp1.6')).onCall(() => ({ result: { status } }));
  }
  (await product.connect('REFUSES', 'ocpp1.6')).onCall(() => ({ code: 'NotSupported' }));
  (await product.connect('SILENT', 'ocpp1.6')).onCall(() => null);
  await product.connect('NEWER', 'ocpp2.0.1');
  await (await product.connect('AWAY', 'ocpp1.6')).close();
  await eventually(async () => expect(await product.api('GET', '/things/AWAY')).toMatchObject({ connected: false }));
  await product.api('POST', '/things', { thingName: 'NEVER' });

  const thingNames = ['ACCEPTS', 'REJECTS', 'REFUSES', 'SILENT', 'NEWER', 'AWAY', 'NEVER', 'NOBODY', 'ACCEPTS'];
  const change = { action: 'ChangeConfiguration', payload: { key: 'AuthorizationKey', value: 'c0ffee' } };
  const { id } = await start({ thingNames, ...change, timeoutSeconds: 1 });
  const bulk = await finished(id);
  expect(bulk).toMatchObject({ state: 'done', total: 8, action: 'ChangeConfiguration' });
  expect(JSON.stringify(bulk)).not.toContain('c0ffee');

  const found = await results(id);
  expect(found.map(({ thingName, state, word }) => [thingName, state, word])).toEqual([
    ['ACCEPTS', 'answered', 'Accepted'],
    ['AWAY', 'not-connected', null],
    ['NEVER', 'left-out', 'unknown-version'],
    ['NEWER', 'left-out', 'unknown-action'],
    ['NOBODY', 'left-out', 'not-registered'],
    ['REFUSES', 'error', 'NotSupported'],
    ['REJECTS', 'answered', 'Rejected'],
    ['SILENT', 'timeout', null],
  ]);
  expect(bulk.counts).toContainEqual({ state: 'answered', word: 'Rejected', count: 1 });
  expect((await results(id, 'state=left-out')).length).toBe(3);
  const command = await product.api<Command>('GET', `/commands/${found[0]?.commandId}`);
  expect(command).toMatchObject({ thingName: 'ACCEPTS', response: { status: 'Accepted' } });
  expect((await product.api<Page<BulkCommand>>('GET', '/bulk-commands')).items.map((each) => each.id)).toEqual([id]);
});

test('a payload that breaks the schema of one version goes to the others', async () => {
  (await product.connect('V16', 'ocpp1.6')).onCall(() => ({ result: { status: 'Accepted' } }));
  await product.connect('V201', 'ocpp2.0.1');
  const { id } = await start({ thingNames: ['V16', 'V201'], action: 'Reset', payload: { type: 'Soft' } });
  await finished(id);
  expect(await results(id)).toMatchObject([
    { thingName: 'V16', state: 'answered' },
    { thingName: 'V201', state: 'left-out', word: 'invalid-payload' },
  ]);
});

test('those that are away can have it queued, and the result follows when they boot', async () => {
  await (await product.connect('LATER', 'ocpp1.6')).close();
  await eventually(async () => expect(await product.api('GET', '/things/LATER')).toMatchObject({ connected: false }));
  const { id } = await start({ thingNames: ['LATER'], action: 'ClearCache', queueSeconds: 60 });
  expect((await finished(id)).counts).toEqual([{ state: 'queued', word: null, count: 1 }]);
  const back = await product.connect('LATER', 'ocpp1.6');
  back.onCall(() => ({ result: { status: 'Rejected' } }));
  await back.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
  await eventually(async () => expect(await results(id)).toMatchObject([{ state: 'answered', word: 'Rejected' }]));
});

test('at most 50 wait for an answer at once, and after a stop nobody else is sent anything', async () => {
  const thingNames = Array.from({ length: 60 }, (_, n) => `CP-${String(n).padStart(2, '0')}`);
  const asked: string[] = [];
  const held: (() => void)[] = [];
  for (const thingName of thingNames) {
    (await product.connect(thingName, 'ocpp1.6')).onCall(async () => {
      asked.push(thingName);
      await new Promise<void>((resolve) => held.push(resolve));
      return { result: { status: 'Accepted' } };
    });
  }
  const { id } = await start({ thingNames, action: 'ClearCache' });
  await eventually(() => expect(asked).toHaveLength(50));
  expect(await product.api('POST', `/bulk-commands/${id}/stop`)).toMatchObject({ state: 'running' });
  for (const answer of held) answer();
  expect(await finished(id)).toMatchObject({ state: 'stopped' });
  expect(asked).toHaveLength(50);
  expect(await results(id, 'state=not-sent')).toHaveLength(10);
});

test('a bulk command without charge points is refused, and an unknown one is not found', async () => {
  expect(await product.request('POST', '/bulk-commands', { thingNames: [], action: 'Reset' })).toMatchObject({
    status: 400,
  });
  expect(await product.request('GET', '/bulk-commands/nothing')).toMatchObject({ status: 404 });
});

test('a queued command can be taken back, once', async () => {
  await (await product.connect('LATER', 'ocpp1.6')).close();
  await eventually(async () => expect(await product.api('GET', '/things/LATER')).toMatchObject({ connected: false }));
  const queue = { action: 'ClearCache', payload: {}, queueSeconds: 60 };
  const queued = await product.api<Command>('POST', '/things/LATER/commands', queue);
  expect(Date.parse(queued.expiresAt ?? '') - Date.parse(queued.createdAt)).toBe(60_000);
  const cancel = () => product.request('POST', `/commands/${queued.id}/cancel`);
  expect(await cancel()).toMatchObject({ status: 200, body: { status: 'cancelled' } });
  expect(await cancel()).toMatchObject({ status: 409 });
  const back = await product.connect('LATER', 'ocpp1.6');
  await back.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
  await back.call('Heartbeat', {});
  expect(back.heard.filter(([type]) => type === 2)).toEqual([]);
});

test('a command queued in one version is not sent to a charge point that comes back in another', async () => {
  await (await product.connect('UPGRADED', 'ocpp1.6')).close();
  await eventually(async () =>
    expect(await product.api('GET', '/things/UPGRADED')).toMatchObject({ connected: false }),
  );
  const queue = { action: 'Reset', payload: { type: 'Soft' }, queueSeconds: 60 };
  const queued = await product.api<Command>('POST', '/things/UPGRADED/commands', queue);
  const back = await product.connect('UPGRADED', 'ocpp2.0.1');
  await back.call('BootNotification', { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } });
  await eventually(async () =>
    expect(await product.api('GET', `/commands/${queued.id}`)).toMatchObject({
      status: 'error',
      error: { code: 'VersionChanged' },
    }),
  );
  expect(back.heard.filter(([type]) => type === 2)).toEqual([]);
});

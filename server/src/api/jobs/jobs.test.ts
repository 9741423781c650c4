import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ApiTestApp, startApi } from '../../../test/support/api-app.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
  await api.registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none' });
});
afterEach(() => api.close());

const get = (url: string) => api.app.inject(`/api/v1${url}`);
const begin = (id: string, action: string) =>
  api.records.jobs.begin({
    id,
    thingName: 'CP1',
    protocol: 'ocpp2.0.1',
    action,
    request: {},
    requestedBy: 'ada',
    firmwareFileId: null,
  });

it('lists the jobs of a charge point, newest first, page by page and by kind', async () => {
  await begin('a', 'UpdateFirmware');
  await begin('b', 'GetLog');
  await begin('c', 'PublishFirmware');
  const first = (await get('/things/CP1/firmware?limit=2')).json();
  expect(first.items).toMatchObject([{ id: 'c', kind: 'publish-firmware' }, { id: 'b' }]);
  const second = (await get(`/things/CP1/firmware?limit=2&cursor=${first.nextCursor}`)).json();
  expect(second).toMatchObject({ items: [{ id: 'a', history: [{ status: 'Requested', source: 'console' }] }] });
  expect(second.nextCursor).toBeNull();
  expect((await get('/things/CP1/firmware?kind=log')).json().items).toMatchObject([{ id: 'b' }]);
});

it('lists security events', async () => {
  const event = { thingName: 'CP1', techInfo: null, at: Date.parse('2026-01-02T03:04:05Z') };
  await api.records.securityEvents.add({ ...event, type: 'InvalidMessages' });
  expect((await get('/things/CP1/security-events')).json()).toMatchObject({
    items: [{ type: 'InvalidMessages', severity: 'warning', at: '2026-01-02T03:04:05.000Z' }],
    nextCursor: null,
  });
});

it.each(['firmware', 'security-events'])('%s of one that is not registered: 404', async (what) => {
  expect((await get(`/things/NOBODY/${what}`)).statusCode).toBe(404);
});

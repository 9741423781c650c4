import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ApiTestApp, startApi } from '../../../test/support/api-app.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

it('the shadow’s desired state is patched', async () => {
  await api.call('POST', '/api/v1/things', { thingName: 'CP1' });
  const patched = await api.call('PATCH', '/api/v1/things/CP1/shadow', { state: { desired: { interval: 10 } } });
  expect(patched.json()).toMatchObject({ version: 1, state: { desired: { interval: 10 } } });
  expect((await api.call('GET', '/api/v1/things/CP9/shadow')).statusCode).toBe(404);
});

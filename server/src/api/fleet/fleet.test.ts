import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ApiTestApp, startApi } from '../../../test/support/api-app.ts';
import { CONNECTED } from '../../../test/support/log-rows.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

it('the fleet’s numbers follow the charge points', async () => {
  for (const thingName of ['CP1', 'CP2']) await api.call('POST', '/api/v1/things', { thingName });
  api.log.add({ thingName: 'CP1', ...CONNECTED });
  await expect
    .poll(async () => (await api.call('GET', '/api/v1/fleet')).json())
    .toMatchObject({
      total: 2,
      byState: { connected: 1, 'never-seen': 1 },
      activeTransactions: 0,
    });
  expect((await api.call('GET', '/api/v1/fleet')).json().messagesLastMinute).toHaveLength(60);
});

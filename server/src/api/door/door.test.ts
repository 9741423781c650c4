import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiTestApp, startApi } from '../../../test/support/api-app.ts';
import { CONNECTED, refusal } from '../../../test/support/log-rows.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

describe('the door', () => {
  it('shows refused charge points until they are registered or dismissed', async () => {
    api.log.add(refusal('CP9', 'not-registered'));
    api.log.add(refusal('CP9', 'not-registered'));
    api.log.add(refusal('CP8', 'bad-credentials'));
    const items = async () => (await api.call('GET', '/api/v1/door')).json().items;
    expect(await items()).toMatchObject([
      { thingName: 'CP9', reason: 'not-registered', tries: 2, remoteAddress: '10.0.0.2' },
      { thingName: 'CP8' },
    ]);
    await api.call('POST', '/api/v1/things', { thingName: 'CP9' });
    expect(await items()).toMatchObject([{ thingName: 'CP8' }]);
    expect((await api.call('DELETE', '/api/v1/door/CP8')).statusCode).toBe(204);
    expect(await items()).toEqual([]);
    expect((await api.call('DELETE', '/api/v1/door/CP8')).statusCode).toBe(404);
  });

  it('shows an identity that came twice until somebody has seen it, although it got in', async () => {
    const frame = JSON.stringify({ remoteAddress: '10.0.0.3', olderRemoteAddress: '10.0.0.2' });
    api.log.add({ ...CONNECTED, thingName: 'CP1', action: 'identity-conflict', frame });
    api.log.add({ ...CONNECTED, thingName: 'CP1' });
    const items = async () => (await api.call('GET', '/api/v1/door')).json().items;
    expect(await items()).toMatchObject([{ thingName: 'CP1', reason: 'identity-conflict', remoteAddress: '10.0.0.3' }]);
    await api.call('DELETE', '/api/v1/door/CP1');
    expect(await items()).toEqual([]);
  });

  it('keeps the 200 that knocked last', async () => {
    for (let at = 0; at < 250; at += 1) api.log.add(refusal(`X${at}`, 'not-registered'));
    const names = (await api.call('GET', '/api/v1/door'))
      .json()
      .items.map((each: { thingName: string }) => each.thingName);
    expect(names).toHaveLength(200);
    expect(names).toContain('X249');
    expect(names).not.toContain('X49');
  });
});

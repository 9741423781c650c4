import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiTestApp, startApi } from '../../../test/support/api-app.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

describe('id tokens', () => {
  it('are created, replaced, read and removed; an expiry in the past is allowed', async () => {
    const made = await api.call('POST', '/api/v1/id-tokens', { idToken: 'A1' });
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ idToken: 'A1', status: 'Accepted', type: 'ISO14443', expiresAt: null });
    expect((await api.call('POST', '/api/v1/id-tokens', { idToken: 'A1' })).statusCode).toBe(409);
    const put = await api.call('PUT', '/api/v1/id-tokens/A1', {
      status: 'Blocked',
      expiresAt: '2001-01-01T00:00:00+09:00',
    });
    expect(put.json()).toMatchObject({ status: 'Blocked', expiresAt: '2000-12-31T15:00:00.000Z' });
    expect((await api.call('PUT', '/api/v1/id-tokens/B%2F1', {})).json().idToken).toBe('B/1');
    expect((await api.call('PUT', '/api/v1/id-tokens/A1', { status: 'Nice' })).json().errors).toMatchObject([
      { path: '/status' },
    ]);
    expect((await api.call('DELETE', '/api/v1/id-tokens/A1')).statusCode).toBe(204);
    expect((await api.call('GET', '/api/v1/id-tokens/A1')).statusCode).toBe(404);
  });
  it('take no member with a typo, and change nothing then', async () => {
    await api.call('PUT', '/api/v1/id-tokens/A1', { status: 'Blocked' });
    const refused = await api.call('PUT', '/api/v1/id-tokens/A1', { staus: 'Accepted' });
    expect([refused.statusCode, refused.json().errors]).toEqual([
      400,
      [{ path: '/staus', message: 'is not known here' }],
    ]);
    expect((await api.call('GET', '/api/v1/id-tokens/A1')).json().status).toBe('Blocked');
  });

  it('are replaced with what was read, but not with what another one is', async () => {
    const read = (await api.call('PUT', '/api/v1/id-tokens/A1', { groupIdToken: 'G', note: 'a note' })).json();
    const replaced = await api.call('PUT', '/api/v1/id-tokens/a1', { ...read, status: 'Blocked' });
    expect(replaced.json()).toMatchObject({ ...read, idToken: 'a1', status: 'Blocked' });
    const refused = await api.call('PUT', '/api/v1/id-tokens/B2', read);
    expect([refused.statusCode, refused.json().errors]).toEqual([
      400,
      [{ path: '/idToken', message: 'must be B2, or left out' }],
    ]);
    expect((await api.call('GET', '/api/v1/id-tokens/B2')).statusCode).toBe(404);
  });
});

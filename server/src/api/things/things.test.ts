import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiTestApp, startApi } from '../../../test/support/api-app.ts';
import { CONNECTED } from '../../../test/support/log-rows.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

describe('charge points', () => {
  it('are registered with the address to configure, and their password once', async () => {
    const answer = await api.call(
      'POST',
      '/api/v1/things',
      { thingName: 'CP1', auth: { type: 'basic' }, tags: ['a'] },
      { host: 'cpo.example:8080' },
    );
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({
      thingName: 'CP1',
      overall: 'never-seen',
      connected: false,
      auth: { type: 'basic' },
      credentials: { password: 'secret-of-CP1' },
      urls: ['ws://cpo.example:8080/ocpp/CP1'],
    });
    expect(JSON.stringify((await api.call('GET', '/api/v1/things/CP1')).json())).not.toContain('secret-of');
  });

  it('can be registered once under a name', async () => {
    await api.call('POST', '/api/v1/things', { thingName: 'CP1' });
    const again = await api.call('POST', '/api/v1/things', { thingName: 'CP1' });
    expect(again.statusCode).toBe(409);
    expect(again.headers['content-type']).toContain('application/problem+json');
    expect(again.json()).toMatchObject({ status: 409, title: 'Conflict', detail: expect.stringContaining('CP1') });
  });

  it('get tags and lose them many at a time; too many for one change nothing at any', async () => {
    for (const [thingName, tags] of [
      ['CP1', ['north', 'old']],
      ['CP2', ['old']],
      ['CP3', []],
    ])
      await api.call('POST', '/api/v1/things', { thingName, tags });
    const change = (body: object) => api.call('POST', '/api/v1/things/tags', body);
    const tagsOf = async () =>
      (await api.call('GET', '/api/v1/things')).json().items.map(({ tags }: { tags: string[] }) => tags);

    const thingNames = ['CP1', 'CP2', 'CP2', 'NOBODY'];
    const changed = await change({ thingNames, add: ['north', 'new'], remove: ['old', 'never'] });
    expect(changed.json()).toEqual({ changed: 2, unknown: ['NOBODY'] });
    expect(await tagsOf()).toEqual([['north', 'new'], ['north', 'new'], []]);
    expect((await change({ thingNames: ['CP1', 'CP3'], remove: ['old'] })).json()).toMatchObject({ changed: 0 });

    const many = Array.from({ length: 49 }, (_, index) => `t${index}`);
    const refused = await change({ thingNames: ['CP3', 'CP1'], add: many });
    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors).toEqual([{ path: '/add', message: expect.stringContaining('CP1 51 tags') }]);
    expect((await tagsOf())[2]).toEqual([]);
    expect((await change({ thingNames: ['CP1'], add: [''] })).json().errors[0].path).toBe('/add/0');
    expect((await change({ thingNames: [] })).statusCode).toBe(400);
  });

  it.each(['a/b', '+', '', 'x'.repeat(49), 'a b', '#', '$aws'])(
    'are refused under the name %j, saying which field is wrong',
    async (thingName) => {
      const answer = await api.call('POST', '/api/v1/things', { thingName });
      expect(answer.statusCode).toBe(400);
      expect(answer.json().errors[0].path).toBe('/thingName');
    },
  );

  it('a body that is no object, or no JSON, or absent is a 400 problem', async () => {
    for (const payload of ['[]', '5', 'null', '{', '']) {
      const answer = await api.call('POST', '/api/v1/things', payload, { 'content-type': 'application/json' });
      expect([payload, answer.statusCode, answer.json().status]).toEqual([payload, 400, 400]);
    }
    expect((await api.call('POST', '/api/v1/things')).statusCode).toBe(400);
  });

  it('with client certificates are refused in clear words', async () => {
    const answer = await api.call('POST', '/api/v1/things', { thingName: 'CP1', auth: { type: 'certificate' } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().detail).toContain('TLS_CLIENT_CA');
  });

  it('are listed by name in pages, and found by state, tag and words', async () => {
    for (const name of ['CP3', 'CP1', 'CP2'])
      await api.call('POST', '/api/v1/things', { thingName: name, tags: name === 'CP2' ? ['north'] : [] });
    api.log.add({ thingName: 'CP3', ...CONNECTED });
    const names = async (query: string) =>
      (await api.call('GET', `/api/v1/things${query}`))
        .json()
        .items.map((each: { thingName: string }) => each.thingName);
    expect(await names('')).toEqual(['CP1', 'CP2', 'CP3']);
    expect(await names('?state=connected')).toEqual(['CP3']);
    expect(await names('?state=connected&state=never-seen')).toEqual(['CP1', 'CP2', 'CP3']);
    expect(await names('?tag=north')).toEqual(['CP2']);
    expect(await names('?search=cp1')).toEqual(['CP1']);
    const first = (await api.call('GET', '/api/v1/things?limit=2')).json();
    expect(first.items).toHaveLength(2);
    expect(await names(`?limit=2&cursor=${first.nextCursor}`)).toEqual(['CP3']);
  });

  it('show what their frames say', async () => {
    await api.call('POST', '/api/v1/things', { thingName: 'CP1' });
    api.log.add({ thingName: 'CP1', ...CONNECTED });
    expect((await api.call('GET', '/api/v1/things/CP1')).json()).toMatchObject({
      connected: true,
      protocol: 'ocpp1.6',
      overall: 'connected',
      lastSeenAt: '2026-05-04T10:00:00.000Z',
    });
  });

  it('are changed and removed', async () => {
    await api.call('POST', '/api/v1/things', { thingName: 'CP1', tags: ['a'] });
    const changed = await api.call('PATCH', '/api/v1/things/CP1', { tags: ['b'] });
    expect(changed.json().tags).toEqual(['b']);
    expect((await api.call('DELETE', '/api/v1/things/CP1')).statusCode).toBe(204);
    expect((await api.call('GET', '/api/v1/things/CP1')).statusCode).toBe(404);
    expect((await api.call('DELETE', '/api/v1/things/CP1')).statusCode).toBe(404);
  });

  it('get new credentials, unless they connect without', async () => {
    await api.call('POST', '/api/v1/things', { thingName: 'CP1', auth: { type: 'basic' } });
    await api.call('POST', '/api/v1/things', { thingName: 'CP2' });
    expect((await api.call('POST', '/api/v1/things/CP1/credentials')).json().credentials.password).toBe(
      'new-secret-of-CP1',
    );
    expect((await api.call('POST', '/api/v1/things/CP2/credentials')).statusCode).toBe(409);
  });

  it('have no new password to take back unless one was sent', async () => {
    await api.call('POST', '/api/v1/things', { thingName: 'CP1', auth: { type: 'basic' } });
    expect((await api.call('GET', '/api/v1/things/CP1')).json().auth).toEqual({
      type: 'basic',
      passwordOfferedAt: null,
      securityProfile: null,
    });
    expect((await api.call('DELETE', '/api/v1/things/CP1/credentials/offered')).statusCode).toBe(404);
    expect((await api.call('DELETE', '/api/v1/things/NOBODY/credentials/offered')).statusCode).toBe(404);
    expect((await api.call('DELETE', '/api/v1/things/CP1/security-profile')).statusCode).toBe(404);
    expect((await api.call('DELETE', '/api/v1/things/NOBODY/security-profile')).statusCode).toBe(404);
  });

  it('are imported from CSV, each bad row told; a preview registers none', async () => {
    await api.call('POST', '/api/v1/things', { thingName: 'CP1' });
    const csv =
      'thingName,auth,tags,site\r\nCP1,none,,\r\nCP2,basic,"a;b","Kyoto, north"\r\nbad name,none,,\r\nCP2,none,,\r\nCP3,cert,,\r\n';
    const send = (query: string) =>
      api.call('POST', `/api/v1/things/import${query}`, csv, { 'content-type': 'text/csv' });
    const preview = (await send('?preview=true')).json();
    expect(preview).toMatchObject({ preview: true, created: 0, failed: 4 });
    expect(api.registry.get('CP2')).toBeNull();
    const done = (await send('')).json();
    expect(done).toMatchObject({ preview: false, created: 1, failed: 4 });
    expect(done.rows.map((row: { line: number; ok: boolean }) => [row.line, row.ok])).toEqual([
      [2, false],
      [3, true],
      [4, false],
      [5, false],
      [6, false],
    ]);
    expect(done.rows[1].password).toBe('secret-of-CP2');
    expect(api.registry.get('CP2')).toMatchObject({ tags: ['a', 'b'], attributes: { site: 'Kyoto, north' } });
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAccess } from './auth.plugin.ts';
import { LEAST_ROLE, PERMISSIONS, ROLES } from './permissions.ts';
import { bearer, HOUR, needs, type SignInServer, startSignIn } from './testing/start-sign-in.ts';

let on: SignInServer;
beforeEach(async () => {
  on = await startSignIn();
});
afterEach(() => on.stop());

describe('a route', () => {
  test.each(ROLES)('lets a %s do what the role has, and nothing else', async (role) => {
    const headers = bearer(await on.tokenFor(role));
    for (const permission of PERMISSIONS) {
      const { statusCode } = await on.post(`/api/v1${needs(permission)}`, {}, headers);
      const enough = ROLES.indexOf(role) >= ROLES.indexOf(LEAST_ROLE[permission]);
      expect([permission, statusCode]).toEqual([permission, enough ? 200 : 403]);
    }
  });

  test('answers 401 to strangers, as a problem, also where there is no route', async () => {
    for (const url of ['/api/v1/api-tokens', '/api/v1/needs/things/read', '/api/v1/nothing/here', '/api/v1?x=1']) {
      const answer = await on.post(url, {});
      expect([url, answer.statusCode, answer.json().status]).toEqual([url, 401, 401]);
    }
    expect((await on.app.inject('/healthz')).body).toBe('well');
  });

  test('that is not there is a 404 for those who are signed in', async () => {
    expect((await on.post('/api/v1/nothing', {}, bearer(await on.tokenFor('viewer')))).statusCode).toBe(404);
  });

  test('without a permission, or with an unknown one, stops the start', async () => {
    const config = (value: object) => ({ config: value });
    expect(() => on.app.get('/api/v1/forgotten', async () => 'secret')).toThrow(/must name a permission/);
    expect(() => on.app.get('/api/v1/typo', config({ permission: 'things:raed' }), async () => 'secret')).toThrow(
      /must name a permission/,
    );
    expect(() => on.app.get('/api/v1/open', config({ public: true }), async () => 'hello')).not.toThrow();
  });

  test('that stays open learns when what it was opened with has ended', async () => {
    const access = createAccess(on.auth);
    const seen: boolean[] = [];
    on.app.get('/api/v1/open', { config: { permission: 'authenticated' } }, async (request) => {
      seen.push(await access.stillValid(request));
      on.clock.time += HOUR;
      seen.push(await access.stillValid(request));
    });
    await on.app.inject({ url: '/api/v1/open', headers: bearer(await on.tokenFor('viewer', on.clock.time + HOUR)) });
    expect(seen).toEqual([true, false]);
  });
});

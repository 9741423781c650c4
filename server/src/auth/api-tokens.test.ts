import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN_TOKEN, bearer, HOUR, type SignInServer, sessionOf, startSignIn } from './testing/start-sign-in.ts';

let on: SignInServer;
beforeEach(async () => {
  on = await startSignIn();
});
afterEach(() => on.stop());

describe('an API token', () => {
  test('is made by an administrator, works, is shown once and can be revoked', async () => {
    const headers = bearer(await on.tokenFor('admin'));
    const made = await on.post('/api/v1/api-tokens', { name: 'Nightly', role: 'support' }, headers);
    expect(made.statusCode).toBe(201);
    const { id, token } = made.json();
    expect((await on.post('/api/v1/needs/messages/read', {}, bearer(token))).json()).toMatchObject({
      name: 'Nightly',
      role: 'support',
      via: 'api-token',
    });
    const list = await on.app.inject({ url: '/api/v1/api-tokens', headers });
    expect(list.json().items).toHaveLength(2);
    expect(list.body).not.toContain(token);
    const revoked = await on.app.inject({ method: 'DELETE', url: `/api/v1/api-tokens/${id}`, headers });
    expect(revoked.statusCode).toBe(204);
    expect((await on.post('/api/v1/needs/messages/read', {}, bearer(token))).statusCode).toBe(401);
    expect((await on.app.inject({ method: 'DELETE', url: `/api/v1/api-tokens/${id}`, headers })).statusCode).toBe(404);
  });

  test('ends at its expiry', async () => {
    const headers = bearer(await on.tokenFor('admin', on.clock.time + HOUR));
    expect((await on.app.inject({ url: '/api/v1/session', headers })).statusCode).toBe(200);
    on.clock.time += HOUR;
    expect((await on.app.inject({ url: '/api/v1/session', headers })).statusCode).toBe(401);
  });

  test('from the settings has the admin role', async () => {
    await on.app.close();
    await on.start(ADMIN_TOKEN);
    expect((await on.post('/api/v1/needs/audit/read', {}, bearer(ADMIN_TOKEN))).json()).toMatchObject({
      role: 'admin',
    });
    expect((await on.post('/api/v1/needs/audit/read', {}, bearer(`${ADMIN_TOKEN}x`))).statusCode).toBe(401);
  });

  test('that is wrong is not made good by a session cookie beside it', async () => {
    const cookies = sessionOf(await on.setup());
    const answer = await on.app.inject({ url: '/api/v1/session', cookies, headers: bearer('cpo_wrong') });
    expect(answer.statusCode).toBe(401);
  });

  test('that is one of too many wrong ones has to wait, and says how long', async () => {
    for (let n = 0; n < 10; n += 1) await on.app.inject({ url: '/api/v1/session', headers: bearer(`cpo_${n}`) });
    on.clock.time += 15_000;
    const answer = await on.app.inject({ url: '/api/v1/session', headers: bearer('cpo_x') });
    expect(answer.headers['retry-after']).toBe('45');
    expect(answer.json()).toMatchObject({ status: 429, title: 'Too Many Requests' });
  });

  test("is no session's secret, nor the other way round", async () => {
    const { session } = sessionOf(await on.setup());
    expect((await on.app.inject({ url: '/api/v1/session', headers: bearer(session) })).statusCode).toBe(401);
    expect((await on.whoAmI({ session: await on.tokenFor('admin') })).statusCode).toBe(401);
  });
});

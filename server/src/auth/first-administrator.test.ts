import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PERMISSIONS } from './permissions.ts';
import { ADMIN_TOKEN, type SignInServer, sessionOf, startSignIn } from './testing/start-sign-in.ts';

let on: SignInServer;
beforeEach(async () => {
  on = await startSignIn();
});
afterEach(() => on.stop());

describe('the first administrator', () => {
  test('is created with the one-time link and is signed in', async () => {
    expect((await on.app.inject('/api/v1/setup')).json()).toEqual({ needed: true });
    const answer = await on.setup();
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      user: { id: expect.any(String), name: 'Ada', role: 'admin' },
      permissions: PERMISSIONS,
    });
    expect((await on.whoAmI(sessionOf(answer))).json()).toEqual(answer.json());
    expect((await on.app.inject('/api/v1/setup')).json()).toEqual({ needed: false });
  });

  test('is one: the link works once, also for two at the same time', async () => {
    const token = on.auth.setupToken() ?? '';
    const answers = await Promise.all([on.setup(token), on.setup(token)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403]);
    expect((await on.setup(token)).statusCode).toBe(403);
    expect(on.auth.setupToken()).toBeNull();
    expect(await on.database.query.selectFrom('users').selectAll().execute()).toHaveLength(1);
  });

  test('is not created with a wrong token or after 15 minutes', async () => {
    const token = on.auth.setupToken() ?? '';
    expect((await on.setup(`${token}x`)).statusCode).toBe(403);
    on.clock.time += 15 * 60_000;
    expect(on.auth.setupToken()).toBeNull();
    expect((await on.setup(token)).statusCode).toBe(403);
  });

  test('needs a password of 10 characters', async () => {
    const token = on.auth.setupToken();
    const answer = await on.post('/api/v1/setup', { token, name: 'Ada', password: '123456789' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].path).toBe('/password');
    expect(on.auth.setupToken()).toBe(token);
  });

  test('gets a new link at each start, and none once there is a user', async () => {
    const before = on.auth.setupToken();
    await on.app.close();
    await on.start();
    expect(on.auth.setupToken()).not.toBe(before);
    await on.setup();
    await on.app.close();
    await on.start();
    expect(on.auth.setupToken()).toBeNull();
    expect((await on.signIn()).statusCode).toBe(200);
  });

  test('needs no link where an ADMIN_TOKEN was set, which will do instead', async () => {
    await on.app.close();
    await on.start(ADMIN_TOKEN);
    expect(on.auth.setupToken()).toBeNull();
    expect((await on.setup('')).statusCode).toBe(403);
    expect((await on.setup(ADMIN_TOKEN)).statusCode).toBe(200);
  });
});

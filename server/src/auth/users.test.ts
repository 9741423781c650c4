import type { InvitedUser, PasswordLink, User } from '@cpo-console/shared/api/sign-in.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  bearer,
  HOUR,
  needs,
  PASSWORD,
  SAME_ORIGIN,
  type SignInServer,
  sessionOf,
  startSignIn,
} from './testing/start-sign-in.ts';

type Cookies = Record<string, string>;
const OTHER = 'another long password';
let on: SignInServer;
let ada: Cookies;
beforeEach(async () => {
  on = await startSignIn();
  ada = sessionOf(await on.setup());
});
afterEach(() => on.stop());

const ask = (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, payload?: object, cookies = ada) =>
  on.app.inject({
    method,
    url: `/api/v1${path}`,
    cookies,
    headers: SAME_ORIGIN,
    ...(payload === undefined ? {} : { payload }),
  });
const users = async (): Promise<User[]> => (await ask('GET', '/users')).json().items;
const invite = async (name: string, role: string): Promise<InvitedUser> =>
  (await ask('POST', '/users', { name, role })).json();
const choose = (token: string, password = PASSWORD) => on.post('/api/v1/password', { token, password }, SAME_ORIGIN);
const join = async (name: string, role: string): Promise<{ user: User; cookies: Cookies }> => {
  const { link, ...user } = await invite(name, role);
  return { user, cookies: sessionOf(await choose(link.token)) };
};

describe('a user', () => {
  test('is added with a role, chooses a password with the link, and signs in from then on', async () => {
    const { link, ...bob } = await invite(' Bob ', 'support');
    expect(bob).toMatchObject({ name: 'Bob', role: 'support', signedInAt: null, linkExpiresAt: link.expiresAt });
    expect((await on.signIn('', 'Bob')).statusCode).toBe(400);
    expect((await on.signIn(PASSWORD, 'Bob')).statusCode).toBe(401);
    const answer = await choose(link.token);
    expect(answer.json()).toMatchObject({ user: { name: 'Bob', role: 'support' } });
    expect((await on.whoAmI(sessionOf(answer))).statusCode).toBe(200);
    expect((await on.signIn(PASSWORD, 'bob')).statusCode).toBe(200);
    expect(await users()).toMatchObject([
      { name: 'Ada', role: 'admin' },
      { name: 'Bob', signedInAt: expect.any(String), linkExpiresAt: null },
    ]);
    expect(await ask('GET', '/users', undefined, sessionOf(answer))).toMatchObject({ statusCode: 403 });
  });

  test('can’t have the name of another one, whatever its case', async () => {
    const answer = await ask('POST', '/users', { name: 'ADA ', role: 'viewer' });
    expect(answer.statusCode).toBe(409);
    expect(await users()).toHaveLength(1);
  });

  test('gets a link that works once, also for two at the same time, and for a day', async () => {
    const first = await invite('Bob', 'viewer');
    const answers = await Promise.all([choose(first.link.token), choose(first.link.token, OTHER)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403]);
    const second = await invite('Eve', 'viewer');
    on.clock.time += 24 * HOUR;
    expect((await choose(second.link.token)).statusCode).toBe(403);
  });

  test('who forgot the password gets a new link; the old password holds until it is used, then nothing old does', async () => {
    const { user, cookies } = await join('Bob', 'viewer');
    const older = (await ask('POST', `/users/${user.id}/links`)).json<PasswordLink>();
    const newer = (await ask('POST', `/users/${user.id}/links`)).json<PasswordLink>();
    expect((await choose(older.token, OTHER)).statusCode).toBe(403);
    expect((await on.whoAmI(cookies)).statusCode).toBe(200);
    expect((await choose(newer.token, 'too short')).statusCode).toBe(400);
    const there = sessionOf(await choose(newer.token, OTHER));
    expect((await on.whoAmI(cookies)).statusCode).toBe(401);
    expect((await on.whoAmI(there)).statusCode).toBe(200);
    expect((await on.signIn(PASSWORD, 'Bob')).statusCode).toBe(401);
  });

  test('has another role at once', async () => {
    const { user, cookies } = await join('Bob', 'viewer');
    const read = () => ask('POST', needs('messages:read'), {}, cookies);
    expect((await read()).statusCode).toBe(403);
    expect((await ask('PATCH', `/users/${user.id}`, { role: 'support' })).statusCode).toBe(204);
    expect((await read()).statusCode).toBe(200);
  });

  test('who is removed is out, and the links with them', async () => {
    const { user, cookies } = await join('Bob', 'operator');
    const link = (await ask('POST', `/users/${user.id}/links`)).json<PasswordLink>();
    expect((await ask('DELETE', `/users/${user.id}`)).statusCode).toBe(204);
    expect((await on.whoAmI(cookies)).statusCode).toBe(401);
    expect((await choose(link.token)).statusCode).toBe(403);
    expect((await ask('DELETE', `/users/${user.id}`)).statusCode).toBe(404);
    expect((await ask('POST', `/users/${user.id}/links`)).statusCode).toBe(404);
  });
});

describe('the last administrator who can sign in', () => {
  test('can’t be removed or become something else, until another one has a password', async () => {
    const [me] = await users();
    const leave = () => ask('DELETE', `/users/${me?.id}`);
    expect((await leave()).statusCode).toBe(409);
    const { link } = await invite('Bob', 'admin');
    expect((await ask('PATCH', `/users/${me?.id}`, { role: 'viewer' })).statusCode).toBe(409);
    expect((await ask('PATCH', `/users/${me?.id}`, { role: 'admin' })).statusCode).toBe(204);
    await choose(link.token);
    expect((await ask('PATCH', `/users/${me?.id}`, { role: 'viewer' })).statusCode).toBe(204);
  });

  test('is one of two who remove each other at the same time', async () => {
    const [me] = await users();
    const { user, cookies } = await join('Bob', 'admin');
    const answers = await Promise.all([
      ask('DELETE', `/users/${user.id}`),
      ask('DELETE', `/users/${me?.id}`, undefined, cookies),
    ]);
    expect(answers.filter(({ statusCode }) => statusCode === 204)).toHaveLength(1);
    expect(await on.database.query.selectFrom('users').selectAll().execute()).toHaveLength(1);
  });
});

describe('one’s own password', () => {
  test('is changed with the current one, which signs out everywhere else', async () => {
    const elsewhere = sessionOf(await on.signIn());
    const change = (current: string) => ask('PUT', '/password', { current, password: OTHER });
    const refused = await change('a wrong one');
    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors).toEqual([{ path: '/current', message: 'is wrong' }]);
    expect((await change(PASSWORD)).statusCode).toBe(204);
    expect((await on.whoAmI(ada)).statusCode).toBe(200);
    expect((await on.whoAmI(elsewhere)).statusCode).toBe(401);
    expect((await on.signIn(PASSWORD)).statusCode).toBe(401);
    expect((await on.signIn(OTHER)).statusCode).toBe(200);
  });

  test('is guessed no faster than at the sign-in', async () => {
    const guess = () => ask('PUT', '/password', { current: 'a wrong one', password: OTHER });
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await guess()).statusCode).toBe(400);
    expect((await guess()).statusCode).toBe(429);
    expect((await on.signIn()).statusCode).toBe(429);
  });

  test('is nothing that an API token has', async () => {
    const answer = await on.app.inject({
      method: 'PUT',
      url: '/api/v1/password',
      headers: bearer(await on.tokenFor('admin')),
      payload: { current: PASSWORD, password: OTHER },
    });
    expect(answer.statusCode).toBe(403);
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR, PASSWORD, SAME_ORIGIN, type SignInServer, sessionOf, startSignIn } from './testing/start-sign-in.ts';

let on: SignInServer;
beforeEach(async () => {
  on = await startSignIn();
});
afterEach(() => on.stop());

describe('a session', () => {
  beforeEach(async () => {
    await on.setup();
  });

  test('begins with name and password, whatever the case of the name', async () => {
    expect((await on.signIn(PASSWORD, ' ADA ')).statusCode).toBe(200);
  });

  test('does not begin with a wrong password or name, and the answers are alike', async () => {
    const [password, name] = [await on.signIn('wrong password'), await on.signIn(PASSWORD, 'Bob')];
    expect(password.statusCode).toBe(401);
    expect(password.headers['content-type']).toContain('application/problem+json');
    expect(password.json()).toEqual(name.json());
    expect(password.cookies).toEqual([]);
  });

  test('is a cookie that scripts and other sites can not use', async () => {
    const cookie = (await on.signIn()).cookies[0];
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(cookie?.secure).toBeUndefined();
  });

  test('is never stored as it is in the cookie', async () => {
    const { session } = sessionOf(await on.signIn());
    expect(JSON.stringify(await on.database.query.selectFrom('sessions').selectAll().execute())).not.toContain(session);
  });

  test('ends with signing out, here and not only in the browser', async () => {
    const cookies = sessionOf(await on.signIn());
    const out = await on.app.inject({ method: 'DELETE', url: '/api/v1/session', cookies, headers: SAME_ORIGIN });
    expect(out.statusCode).toBe(204);
    expect((await on.whoAmI(cookies)).statusCode).toBe(401);
  });

  test('survives a restart', async () => {
    const cookies = sessionOf(await on.signIn());
    await on.app.close();
    await on.start();
    expect((await on.whoAmI(cookies)).statusCode).toBe(200);
  });

  test('ends after 12 hours without use', async () => {
    const cookies = sessionOf(await on.signIn());
    on.clock.time += 11 * HOUR;
    expect((await on.whoAmI(cookies)).statusCode).toBe(200);
    on.clock.time += 11 * HOUR;
    expect((await on.whoAmI(cookies)).statusCode).toBe(200);
    on.clock.time += 12 * HOUR;
    expect((await on.whoAmI(cookies)).statusCode).toBe(401);
  });

  test('ends after 7 days, however much it is used', async () => {
    const cookies = sessionOf(await on.signIn());
    for (let hours = 8; hours < 7 * 24; hours += 8) {
      on.clock.time += 8 * HOUR;
      expect((await on.whoAmI(cookies)).statusCode).toBe(200);
    }
    on.clock.time += 8 * HOUR;
    expect((await on.whoAmI(cookies)).statusCode).toBe(401);
  });

  test('after a few failures has to wait, from that address, even with the right password', async () => {
    for (let failures = 0; failures < 5; failures += 1)
      expect((await on.signIn('wrong password')).statusCode).toBe(401);
    const refused = await on.signIn();
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('1');
    const payload = { name: 'Ada', password: PASSWORD };
    const elsewhere = await on.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      payload,
      remoteAddress: '10.0.0.9',
    });
    expect(elsewhere.statusCode).toBe(200);
    on.clock.time += 1_000;
    expect((await on.signIn()).statusCode).toBe(200);
  });

  test('many guesses at the same time are limited as well', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => on.signIn('wrong password')));
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5);
  });

  test('changes things from our own pages only', async () => {
    const cookies = sessionOf(await on.signIn());
    const change = async (headers: Record<string, string>) =>
      (await on.app.inject({ method: 'POST', url: '/api/v1/needs/things/register', cookies, headers })).statusCode;
    expect(await change(SAME_ORIGIN)).toBe(200);
    expect(await change({ host: 'console.example:8080', origin: 'http://console.example:8080' })).toBe(200);
    expect(await change({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await change({ 'sec-fetch-site': 'cross-site', host: 'a.example', origin: 'http://a.example' })).toBe(403);
    expect(await change({ host: 'console.example', origin: 'http://evil.example' })).toBe(403);
    expect(await change({ origin: 'null' })).toBe(403);
    expect(await change({})).toBe(403);
  });

  test('can not be begun from a page elsewhere', async () => {
    const answer = await on.post(
      '/api/v1/session',
      { name: 'Ada', password: PASSWORD },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(answer.statusCode).toBe(403);
  });
});

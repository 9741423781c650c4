import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@cpo-console/shared/api/sign-in.ts';
import Fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registerErrorHandler } from '../api/errors.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import { authPlugin, createAccess } from './auth.plugin.ts';
import { authRoutes } from './auth.routes.ts';
import { type Auth, createAuth } from './auth.ts';
import { createPasswordHasher } from './password-hash.ts';
import { LEAST_ROLE, PERMISSIONS, ROLES } from './permissions.ts';

const HOUR = 3_600_000;
const PASSWORD = 'correct horse battery';
const ADMIN_TOKEN = 'an-admin-token-for-tests';
const secretKey = randomBytes(32);
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };

let dataDir: string;
let database: Database;
let auth: Auth;
let app: FastifyInstance;
let time: number;

async function start(adminToken: string | null = null): Promise<void> {
  const hasher = createPasswordHasher({ N: 16, r: 8, p: 1 });
  auth = await createAuth({ database, now: () => time, adminToken, secretKey, hasher });
  app = Fastify();
  registerErrorHandler(app);
  await app.register(authPlugin, { auth });
  await app.register(authRoutes, { prefix: '/api/v1', auth });
  await app.register(
    async (scope) => {
      for (const permission of PERMISSIONS) {
        scope.post(needs(permission), { config: { permission } }, async ({ identity }) => identity);
      }
    },
    { prefix: '/api/v1' },
  );
  app.get('/healthz', async () => 'well');
}

beforeEach(async () => {
  time = 1_700_000_000_000;
  dataDir = await mkdtemp(join(tmpdir(), 'auth-'));
  database = await openDatabase({ dataDir, databaseUrl: null });
  await start();
});

afterEach(async () => {
  await app.close();
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** A colon in a path would be a parameter. */
const needs = (permission: string) => `/needs/${permission.replace(':', '/')}`;

const post = (url: string, payload: object, headers = {}) => app.inject({ method: 'POST', url, payload, headers });

const setup = (token = auth.setupToken() ?? '') =>
  post('/api/v1/setup', { token, name: 'Ada', password: PASSWORD }, SAME_ORIGIN);

const signIn = (password = PASSWORD, name = 'Ada') => post('/api/v1/session', { name, password }, SAME_ORIGIN);

const sessionOf = (answer: LightMyRequestResponse) => ({ session: answer.cookies[0]?.value ?? '' });

const whoAmI = (cookies: Record<string, string>) => app.inject({ url: '/api/v1/session', cookies });

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function tokenFor(role: Role, expiresAt: number | null = null): Promise<string> {
  return (await auth.apiTokens.create({ name: `${role} script`, role, createdBy: 'Ada', expiresAt })).secret;
}

describe('the first administrator', () => {
  test('is created with the one-time link and is signed in', async () => {
    expect((await app.inject('/api/v1/setup')).json()).toEqual({ needed: true });
    const answer = await setup();
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      user: { id: expect.any(String), name: 'Ada', role: 'admin' },
      permissions: PERMISSIONS,
    });
    expect((await whoAmI(sessionOf(answer))).json()).toEqual(answer.json());
    expect((await app.inject('/api/v1/setup')).json()).toEqual({ needed: false });
  });

  test('is one: the link works once, also for two at the same time', async () => {
    const token = auth.setupToken() ?? '';
    const answers = await Promise.all([setup(token), setup(token)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403]);
    expect((await setup(token)).statusCode).toBe(403);
    expect(auth.setupToken()).toBeNull();
    expect(await database.query.selectFrom('users').selectAll().execute()).toHaveLength(1);
  });

  test('is not created with a wrong token or after 15 minutes', async () => {
    const token = auth.setupToken() ?? '';
    expect((await setup(`${token}x`)).statusCode).toBe(403);
    time += 15 * 60_000;
    expect(auth.setupToken()).toBeNull();
    expect((await setup(token)).statusCode).toBe(403);
  });

  test('needs a password of 10 characters', async () => {
    const token = auth.setupToken();
    const answer = await post('/api/v1/setup', { token, name: 'Ada', password: '123456789' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].path).toBe('/password');
    expect(auth.setupToken()).toBe(token);
  });

  test('gets a new link at each start, and none once there is a user', async () => {
    const before = auth.setupToken();
    await app.close();
    await start();
    expect(auth.setupToken()).not.toBe(before);
    await setup();
    await app.close();
    await start();
    expect(auth.setupToken()).toBeNull();
    expect((await signIn()).statusCode).toBe(200);
  });

  test('needs no link where an ADMIN_TOKEN was set, which will do instead', async () => {
    await app.close();
    await start(ADMIN_TOKEN);
    expect(auth.setupToken()).toBeNull();
    expect((await setup('')).statusCode).toBe(403);
    expect((await setup(ADMIN_TOKEN)).statusCode).toBe(200);
  });
});

describe('a session', () => {
  beforeEach(async () => {
    await setup();
  });

  test('begins with name and password, whatever the case of the name', async () => {
    expect((await signIn(PASSWORD, ' ADA ')).statusCode).toBe(200);
  });

  test('does not begin with a wrong password or name, and the answers are alike', async () => {
    const [password, name] = [await signIn('wrong password'), await signIn(PASSWORD, 'Bob')];
    expect(password.statusCode).toBe(401);
    expect(password.headers['content-type']).toContain('application/problem+json');
    expect(password.json()).toEqual(name.json());
    expect(password.cookies).toEqual([]);
  });

  test('is a cookie that scripts and other sites can not use', async () => {
    const cookie = (await signIn()).cookies[0];
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(cookie?.secure).toBeUndefined();
  });

  test('is never stored as it is in the cookie', async () => {
    const { session } = sessionOf(await signIn());
    expect(JSON.stringify(await database.query.selectFrom('sessions').selectAll().execute())).not.toContain(session);
  });

  test('ends with signing out, here and not only in the browser', async () => {
    const cookies = sessionOf(await signIn());
    const out = await app.inject({ method: 'DELETE', url: '/api/v1/session', cookies, headers: SAME_ORIGIN });
    expect(out.statusCode).toBe(204);
    expect((await whoAmI(cookies)).statusCode).toBe(401);
  });

  test('survives a restart', async () => {
    const cookies = sessionOf(await signIn());
    await app.close();
    await start();
    expect((await whoAmI(cookies)).statusCode).toBe(200);
  });

  test('ends after 12 hours without use', async () => {
    const cookies = sessionOf(await signIn());
    time += 11 * HOUR;
    expect((await whoAmI(cookies)).statusCode).toBe(200);
    time += 11 * HOUR;
    expect((await whoAmI(cookies)).statusCode).toBe(200);
    time += 12 * HOUR;
    expect((await whoAmI(cookies)).statusCode).toBe(401);
  });

  test('ends after 7 days, however much it is used', async () => {
    const cookies = sessionOf(await signIn());
    for (let hours = 8; hours < 7 * 24; hours += 8) {
      time += 8 * HOUR;
      expect((await whoAmI(cookies)).statusCode).toBe(200);
    }
    time += 8 * HOUR;
    expect((await whoAmI(cookies)).statusCode).toBe(401);
  });

  test('after a few failures has to wait, from that address, even with the right password', async () => {
    for (let failures = 0; failures < 5; failures += 1) expect((await signIn('wrong password')).statusCode).toBe(401);
    const refused = await signIn();
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('1');
    const payload = { name: 'Ada', password: PASSWORD };
    const elsewhere = await app.inject({ method: 'POST', url: '/api/v1/session', payload, remoteAddress: '10.0.0.9' });
    expect(elsewhere.statusCode).toBe(200);
    time += 1_000;
    expect((await signIn()).statusCode).toBe(200);
  });

  test('many guesses at the same time are limited as well', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn('wrong password')));
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5);
  });

  test('changes things from our own pages only', async () => {
    const cookies = sessionOf(await signIn());
    const change = async (headers: Record<string, string>) =>
      (await app.inject({ method: 'POST', url: '/api/v1/needs/things/register', cookies, headers })).statusCode;
    expect(await change(SAME_ORIGIN)).toBe(200);
    expect(await change({ host: 'console.example:8080', origin: 'http://console.example:8080' })).toBe(200);
    expect(await change({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await change({ 'sec-fetch-site': 'cross-site', host: 'a.example', origin: 'http://a.example' })).toBe(403);
    expect(await change({ host: 'console.example', origin: 'http://evil.example' })).toBe(403);
    expect(await change({ origin: 'null' })).toBe(403);
    expect(await change({})).toBe(403);
  });

  test('can not be begun from a page elsewhere', async () => {
    const answer = await post(
      '/api/v1/session',
      { name: 'Ada', password: PASSWORD },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(answer.statusCode).toBe(403);
  });
});

describe('an API token', () => {
  test('is made by an administrator, works, is shown once and can be revoked', async () => {
    const headers = bearer(await tokenFor('admin'));
    const made = await post('/api/v1/api-tokens', { name: 'Nightly', role: 'support' }, headers);
    expect(made.statusCode).toBe(201);
    const { id, token } = made.json();
    expect((await post('/api/v1/needs/messages/read', {}, bearer(token))).json()).toMatchObject({
      name: 'Nightly',
      role: 'support',
      via: 'api-token',
    });
    const list = await app.inject({ url: '/api/v1/api-tokens', headers });
    expect(list.json().items).toHaveLength(2);
    expect(list.body).not.toContain(token);
    const revoked = await app.inject({ method: 'DELETE', url: `/api/v1/api-tokens/${id}`, headers });
    expect(revoked.statusCode).toBe(204);
    expect((await post('/api/v1/needs/messages/read', {}, bearer(token))).statusCode).toBe(401);
    expect((await app.inject({ method: 'DELETE', url: `/api/v1/api-tokens/${id}`, headers })).statusCode).toBe(404);
  });

  test('ends at its expiry', async () => {
    const headers = bearer(await tokenFor('admin', time + HOUR));
    expect((await app.inject({ url: '/api/v1/session', headers })).statusCode).toBe(200);
    time += HOUR;
    expect((await app.inject({ url: '/api/v1/session', headers })).statusCode).toBe(401);
  });

  test('from the settings has the admin role', async () => {
    await app.close();
    await start(ADMIN_TOKEN);
    expect((await post('/api/v1/needs/audit/read', {}, bearer(ADMIN_TOKEN))).json()).toMatchObject({ role: 'admin' });
    expect((await post('/api/v1/needs/audit/read', {}, bearer(`${ADMIN_TOKEN}x`))).statusCode).toBe(401);
  });

  test('that is wrong is not made good by a session cookie beside it', async () => {
    const cookies = sessionOf(await setup());
    const answer = await app.inject({ url: '/api/v1/session', cookies, headers: bearer('cpo_wrong') });
    expect(answer.statusCode).toBe(401);
  });

  test('that is one of too many wrong ones has to wait, and says how long', async () => {
    for (let n = 0; n < 10; n += 1) await app.inject({ url: '/api/v1/session', headers: bearer(`cpo_${n}`) });
    time += 15_000;
    const answer = await app.inject({ url: '/api/v1/session', headers: bearer('cpo_x') });
    expect(answer.headers['retry-after']).toBe('45');
    expect(answer.json()).toMatchObject({ status: 429, title: 'Too Many Requests' });
  });

  test("is no session's secret, nor the other way round", async () => {
    const { session } = sessionOf(await setup());
    expect((await app.inject({ url: '/api/v1/session', headers: bearer(session) })).statusCode).toBe(401);
    expect((await whoAmI({ session: await tokenFor('admin') })).statusCode).toBe(401);
  });
});

describe('a route', () => {
  test.each(ROLES)('lets a %s do what the role has, and nothing else', async (role) => {
    const headers = bearer(await tokenFor(role));
    for (const permission of PERMISSIONS) {
      const { statusCode } = await post(`/api/v1${needs(permission)}`, {}, headers);
      const enough = ROLES.indexOf(role) >= ROLES.indexOf(LEAST_ROLE[permission]);
      expect([permission, statusCode]).toEqual([permission, enough ? 200 : 403]);
    }
  });

  test('answers 401 to strangers, as a problem, also where there is no route', async () => {
    for (const url of ['/api/v1/api-tokens', '/api/v1/needs/things/read', '/api/v1/nothing/here', '/api/v1?x=1']) {
      const answer = await post(url, {});
      expect([url, answer.statusCode, answer.json().status]).toEqual([url, 401, 401]);
    }
    expect((await app.inject('/healthz')).body).toBe('well');
  });

  test('that is not there is a 404 for those who are signed in', async () => {
    expect((await post('/api/v1/nothing', {}, bearer(await tokenFor('viewer')))).statusCode).toBe(404);
  });

  test('without a permission, or with an unknown one, stops the start', async () => {
    const config = (value: object) => ({ config: value });
    expect(() => app.get('/api/v1/forgotten', async () => 'secret')).toThrow(/must name a permission/);
    expect(() => app.get('/api/v1/typo', config({ permission: 'things:raed' }), async () => 'secret')).toThrow(
      /must name a permission/,
    );
    expect(() => app.get('/api/v1/open', config({ public: true }), async () => 'hello')).not.toThrow();
  });

  test('that stays open learns when what it was opened with has ended', async () => {
    const access = createAccess(auth);
    const seen: boolean[] = [];
    app.get('/api/v1/open', { config: { permission: 'authenticated' } }, async (request) => {
      seen.push(await access.stillValid(request));
      time += HOUR;
      seen.push(await access.stillValid(request));
    });
    await app.inject({ url: '/api/v1/open', headers: bearer(await tokenFor('viewer', time + HOUR)) });
    expect(seen).toEqual([true, false]);
  });
});

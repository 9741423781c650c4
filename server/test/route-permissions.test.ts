import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@cpo-console/shared/api/sign-in.ts';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { authPlugin } from '../src/auth/auth.plugin.ts';
import { type Auth, createAuth } from '../src/auth/auth.ts';
import { ROLES, roleMay } from '../src/auth/permissions.ts';
import type { Database } from '../src/database/database.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { type ApiTestApp, startApi } from './support/api-app.ts';

let folder: string;
let database: Database;
let auth: Auth;
let api: ApiTestApp;
const routes: { method: string; url: string; permission: string | undefined; isPublic: boolean }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'route-permissions-'));
  database = await openDatabase({ dataDir: folder, databaseUrl: null });
  auth = await createAuth({
    database,
    now: Date.now,
    adminToken: 'the-admin-token-of-this-test',
    secretKey: Buffer.alloc(32, 7),
  });
  routes.length = 0;
  api = await startApi({ protect });
});
afterEach(async () => {
  await api.close();
  await database.close();
  await rm(folder, { recursive: true });
});

async function protect(app: FastifyInstance): Promise<void> {
  await app.register(authPlugin, { auth });
  app.addHook('onRoute', ({ method, url, config }: RouteOptions) => {
    for (const each of [method].flat()) {
      routes.push({ method: each, url, permission: config?.permission, isPublic: config?.public === true });
    }
  });
}

const ours = () => routes.filter(({ url, isPublic }) => url.startsWith('/api/v1') && !isPublic);
const request = (method: string, url: string, token?: string) =>
  api.app.inject({
    method: method as 'GET',
    url: url.replaceAll(/:\w+/g, 'x'),
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });

it('nothing under /api/v1 answers without credentials, or with made-up ones', async () => {
  expect(ours().length).toBeGreaterThan(25);
  for (const { method, url } of ours()) {
    for (const token of [undefined, 'made-up']) {
      const answer = await request(method, url, token);
      expect([method, url, answer.statusCode]).toEqual([method, url, 401]);
      if (method !== 'HEAD') expect(answer.json()).toMatchObject({ status: 401 });
    }
  }
});

it('the copies of the document beside its reader are not served, but lead to it', async () => {
  for (const url of ['/docs/json', '/docs/yaml']) {
    const { statusCode, headers } = await request('GET', url);
    expect([statusCode, headers.location]).toEqual([302, '/api/v1/openapi.json']);
  }
  expect((await request('GET', '/docs/')).statusCode).toBe(200);
});

it('each role gets exactly the routes that its permissions open', async () => {
  for (const role of ROLES) {
    const token = await tokenOf(role);
    for (const { method, url, permission } of ours()) {
      // The stream stays open; it is the same check before it.
      if (url.endsWith('/stream')) continue;
      const answer = await request(method, url, token);
      const refused = answer.statusCode === 403;
      expect([role, method, url, refused]).toEqual([role, method, url, !roleMay(role, permission ?? '')]);
    }
  }
});

async function tokenOf(role: Role): Promise<string> {
  const made = await auth.apiTokens.create({ name: role, role, createdBy: 'test', expiresAt: null });
  return made.secret;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@cpo-console/shared/api/sign-in.ts';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { authPlugin } from '../src/auth/auth.plugin.ts';
import { authRoutes } from '../src/auth/auth.routes.ts';
import { type Auth, createAuth } from '../src/auth/auth.ts';
import { ROLES, roleMay } from '../src/auth/permissions.ts';
import type { Database } from '../src/database/database.ts';
import { openTestDatabase } from '../src/database/testing/open-test-database.ts';
import { type ApiTestApp, startApi } from './support/api-app.ts';

/** `vitest run -u` on this file writes the table anew. */
const ABOUT_THE_TABLE = `# Roles and routes

Which role may use which route under \`/api/v1\`; a test asks every route as every role. \`authenticated\` is everybody who is
signed in. Which commands a role may send depends on the action as well: see
[permissions.ts](../../server/src/auth/permissions.ts) and
[command-permission.ts](../../server/src/api/commands/command-permission.ts).

`;

let folder: string;
let database: Database;
let auth: Auth;
let api: ApiTestApp;
interface Route {
  method: string;
  url: string;
  permission: string | undefined;
  isPublic: boolean;
  summary: string;
}
const routes: Route[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'route-permissions-'));
  database = await openTestDatabase(folder);
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
  app.addHook('onRoute', ({ method, url, config, schema }: RouteOptions) => {
    for (const each of [method].flat()) {
      const isPublic = config?.public === true;
      routes.push({ method: each, url, permission: config?.permission, isPublic, summary: schema?.summary ?? '' });
    }
  });
  await app.register(authRoutes, { prefix: '/api/v1', auth });
}

const ours = () => routes.filter(({ url, isPublic }) => url.startsWith('/api/v1') && !isPublic);
const mayUse = (role: Role, { permission = '' }: Pick<Route, 'permission'>): boolean =>
  permission === 'authenticated' || roleMay(role, permission);
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
    for (const route of ours()) {
      const { method, url } = route;
      // The stream stays open; it is the same check before it. A token has no password of its own.
      if (url.endsWith('/stream') || (method === 'PUT' && url.endsWith('/password'))) continue;
      const answer = await request(method, url, token);
      const refused = answer.statusCode === 403;
      expect([role, method, url, refused]).toEqual([role, method, url, !mayUse(role, route)]);
    }
  }
});

it('the table of roles and routes is of today', async () => {
  const rows = routes
    .filter(({ method, url }) => url.startsWith('/api/v1') && method !== 'HEAD' && method !== 'OPTIONS')
    .sort((a, b) => (`${a.url} ${a.method}` < `${b.url} ${b.method}` ? -1 : 1))
    .map((route) => {
      const may = ROLES.map((role) => (route.isPublic || mayUse(role, route) ? '✓' : '–'));
      const path = route.url.replace('/api/v1', '').replaceAll(/:(\w+)/g, '{$1}');
      const needs = route.isPublic ? 'nobody signed in' : route.permission;
      return `| \`${route.method} ${path}\` | ${may.join(' | ')} | ${needs} | ${route.summary} |`;
    });
  const table = [`| | ${ROLES.join(' | ')} | needs | |`, `|---|${'---|'.repeat(ROLES.length)}---|---|`, ...rows, ''];
  await expect(`${ABOUT_THE_TABLE}${table.join('\n')}`).toMatchFileSnapshot('../../docs/reference/roles.md');
});

async function tokenOf(role: Role): Promise<string> {
  const made = await auth.apiTokens.create({ name: role, role, createdBy: 'test', expiresAt: null });
  return made.secret;
}

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@cpo-console/shared/api/sign-in.ts';
import Fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import { registerErrorHandler } from '../../api/errors.ts';
import type { Database } from '../../database/database.ts';
import { openTestDatabase } from '../../database/testing/open-test-database.ts';
import { authPlugin } from '../auth.plugin.ts';
import { authRoutes } from '../auth.routes.ts';
import { type Auth, createAuth } from '../auth.ts';
import { createPasswordHasher } from '../password-hash.ts';
import { PERMISSIONS } from '../permissions.ts';

export const HOUR = 3_600_000;
export const PASSWORD = 'correct horse battery';
export const ADMIN_TOKEN = 'an-admin-token-for-tests';
export const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };
const secretKey = randomBytes(32);

/** A server with nothing but sign-in, and a route that needs each permission. */
export interface SignInServer {
  app: FastifyInstance;
  auth: Auth;
  database: Database;
  /** May be set forward. */
  clock: { time: number };
  /** Anew, with the same database. */
  start(adminToken?: string | null): Promise<void>;
  stop(): Promise<void>;
  post(url: string, payload: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  setup(token?: string): Promise<LightMyRequestResponse>;
  signIn(password?: string, name?: string): Promise<LightMyRequestResponse>;
  whoAmI(cookies: Record<string, string>): Promise<LightMyRequestResponse>;
  tokenFor(role: Role, expiresAt?: number | null): Promise<string>;
}

export async function startSignIn(): Promise<SignInServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'auth-'));
  const database = await openTestDatabase(dataDir);
  const clock = { time: 1_700_000_000_000 };
  const now = () => clock.time;
  const on: SignInServer = {
    ...(await serverWith(database, null, now)),
    database,
    clock,
    async start(adminToken = null) {
      Object.assign(on, await serverWith(database, adminToken, now));
    },
    async stop() {
      await on.app.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
    post: (url, payload, headers = {}) => on.app.inject({ method: 'POST', url, payload, headers }),
    setup: (token = on.auth.setupToken() ?? '') =>
      on.post('/api/v1/setup', { token, name: 'Ada', password: PASSWORD }, SAME_ORIGIN),
    signIn: (password = PASSWORD, name = 'Ada') => on.post('/api/v1/session', { name, password }, SAME_ORIGIN),
    whoAmI: (cookies) => on.app.inject({ url: '/api/v1/session', cookies }),
    tokenFor: async (role, expiresAt = null) =>
      (await on.auth.apiTokens.create({ name: `${role} script`, role, createdBy: 'Ada', expiresAt })).secret,
  };
  return on;
}

async function serverWith(database: Database, adminToken: string | null, now: () => number) {
  const hasher = createPasswordHasher({ N: 16, r: 8, p: 1 });
  const auth = await createAuth({ database, now, adminToken, secretKey, hasher });
  const app = Fastify();
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
  return { app, auth };
}

/** A colon in a path would be a parameter. */
export const needs = (permission: string) => `/needs/${permission.replace(':', '/')}`;
export const sessionOf = (answer: LightMyRequestResponse) => ({ session: answer.cookies[0]?.value ?? '' });
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

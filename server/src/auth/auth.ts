import { randomUUID } from 'node:crypto';
import type { Role } from '@cpo-console/shared/api/sign-in.ts';
import type { Database } from '../database/database.ts';
import { type ApiTokens, createApiTokens } from './api-tokens.ts';
import { createAttemptLimit } from './attempt-limit.ts';
import type { Credential, Identity } from './identity.ts';
import { createPasswordHasher, type PasswordHasher } from './password-hash.ts';
import { sameSecret } from './secrets.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSetupLink } from './setup-link.ts';
import { createTokenGuesses, type TokenGuesses } from './token-guesses.ts';

export interface AuthOptions {
  database: Database;
  now: () => number;
  /** An API token with the admin role, from the settings. */
  adminToken: string | null;
  /** Kept outside the database. */
  secretKey: Buffer;
  hasher?: PasswordHasher;
}

export interface SignInRequest {
  name: string;
  password: string;
  /** Where it comes from: attempts are counted by name and address. */
  address: string;
}

export type SignIn =
  | { kind: 'signed-in'; token: string; identity: Identity }
  | { kind: 'refused' }
  | { kind: 'too-many'; retryAfterSeconds: number };

export interface Auth {
  /** Whether the first administrator is still to be created. */
  setupNeeded(): boolean;
  /** The secret for the one-time link, while no user exists and no ADMIN_TOKEN was set; else null. */
  setupToken(): string | null;
  /** Creates the first administrator and signs in. The ADMIN_TOKEN will do in place of the link's token. */
  setup(request: SignInRequest & { token: string }): Promise<SignIn>;
  signIn(request: SignInRequest): Promise<SignIn>;
  signOut(sessionToken: string): Promise<void>;
  identify(credential: Credential): Promise<Identity | null>;
  openSessions: Pick<Sessions, 'list' | 'idOf' | 'endById'>;
  apiTokens: ApiTokens;
  tokenGuesses: TokenGuesses;
}

interface User {
  id: string;
  name: string;
  role: Role;
}

export async function createAuth(options: AuthOptions): Promise<Auth> {
  const { database, now, adminToken, secretKey, hasher = createPasswordHasher() } = options;
  const { query } = database;
  const sessions = createSessions(options);
  const apiTokens = createApiTokens(options);
  const limit = createAttemptLimit(now);
  const link = createSetupLink(options);
  let anyUser = (await query.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
  let settingUp = false;

  const isAdminToken = (token: string) => adminToken !== null && sameSecret(secretKey, token, adminToken);

  async function limited(key: string, attempt: () => Promise<SignIn>): Promise<SignIn> {
    const wait = limit.begin(key);
    if (wait > 0) return { kind: 'too-many', retryAfterSeconds: Math.ceil(wait / 1_000) };
    const outcome = await attempt();
    if (outcome.kind === 'signed-in') limit.succeeded(key);
    return outcome;
  }

  async function createFirstUser({ name, password }: SignInRequest): Promise<SignIn> {
    const user: User = { id: randomUUID(), name: name.trim(), role: 'admin' };
    const row = { ...user, name_key: nameKey(name), password_hash: await hasher.hash(password), created_at: now() };
    const { token, queries } = sessions.begin(user.id);
    await database.write(query.insertInto('users').values(row).compile(), ...queries);
    anyUser = true;
    return { kind: 'signed-in', token, identity: { ...user, via: 'session' } };
  }

  async function setup(request: SignInRequest & { token: string }): Promise<SignIn> {
    if (anyUser || settingUp) return { kind: 'refused' };
    const putBack = isAdminToken(request.token) ? () => undefined : link.take(request.token);
    if (putBack === null) return { kind: 'refused' };
    settingUp = true;
    try {
      return await createFirstUser(request);
    } catch (error) {
      putBack();
      throw error;
    } finally {
      settingUp = false;
    }
  }

  async function signIn({ name, password }: SignInRequest): Promise<SignIn> {
    const user = await query.selectFrom('users').selectAll().where('name_key', '=', nameKey(name)).executeTakeFirst();
    const matches = await hasher.matches(password, user?.password_hash ?? null);
    if (!matches || user === undefined) return { kind: 'refused' };
    const { token, queries } = sessions.begin(user.id);
    await database.write(...queries);
    const identity: Identity = { id: user.id, name: user.name, role: user.role as Role, via: 'session' };
    return { kind: 'signed-in', token, identity };
  }

  async function identify({ kind, token }: Credential): Promise<Identity | null> {
    if (kind === 'session') return sessions.identify(token);
    if (isAdminToken(token)) return { id: 'admin-token', name: 'ADMIN_TOKEN', role: 'admin', via: 'admin-token' };
    return apiTokens.identify(token);
  }

  return {
    setupNeeded: () => !anyUser,
    setupToken: () => (anyUser || adminToken !== null ? null : link.token()),
    setup: (request) => limited(`setup ${request.address}`, () => setup(request)),
    signIn: (request) => limited(`${request.address} ${nameKey(request.name)}`, () => signIn(request)),
    signOut: sessions.end,
    identify,
    openSessions: sessions,
    apiTokens,
    tokenGuesses: createTokenGuesses(now),
  };
}

function nameKey(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}

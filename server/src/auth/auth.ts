import { randomUUID } from 'node:crypto';
import type { Role } from '@cpo-console/shared/api/sign-in.ts';
import type { CompiledQuery } from 'kysely';
import type { Database } from '../database/database.ts';
import type { UserRow } from '../database/tables/auth.tables.ts';
import { type ApiTokens, createApiTokens } from './api-tokens.ts';
import { createAttemptLimit } from './attempt-limit.ts';
import type { Credential, Identity } from './identity.ts';
import { createPasswordHasher, type PasswordHasher } from './password-hash.ts';
import { sameSecret } from './secrets.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSetupLink } from './setup-link.ts';
import { createTokenGuesses, type TokenGuesses } from './token-guesses.ts';
import { createUsers, nameKey, type Users } from './users.ts';

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

export interface PasswordChange {
  identity: Identity;
  /** Of the sign-in that asks. */
  sessionToken: string;
  current: string;
  password: string;
  address: string;
}

export interface Auth {
  /** Whether the first administrator is still to be created. */
  setupNeeded(): boolean;
  /** The secret for the one-time link, while no user exists and no ADMIN_TOKEN was set; else null. */
  setupToken(): string | null;
  /** Creates the first administrator and signs in. The ADMIN_TOKEN will do in place of the link's token. */
  setup(request: SignInRequest & { token: string }): Promise<SignIn>;
  signIn(request: SignInRequest): Promise<SignIn>;
  /** Chooses a password with a one-time link, ends what sign-ins there were, and signs in. */
  choosePassword(request: { token: string; password: string; address: string }): Promise<SignIn>;
  /** Changes one's own, and ends one's sign-ins elsewhere. Counts as an attempt to sign in. */
  changePassword(request: PasswordChange): Promise<Exclude<SignIn, { kind: 'signed-in' }> | { kind: 'changed' }>;
  signOut(sessionToken: string): Promise<void>;
  identify(credential: Credential): Promise<Identity | null>;
  openSessions: Pick<Sessions, 'list' | 'idOf' | 'endById'>;
  users: Pick<Users, 'list' | 'invite' | 'newLink' | 'setRole' | 'remove'>;
  apiTokens: ApiTokens;
  tokenGuesses: TokenGuesses;
}

export async function createAuth(options: AuthOptions): Promise<Auth> {
  const { database, now, adminToken, secretKey, hasher = createPasswordHasher() } = options;
  const { query } = database;
  const sessions = createSessions(options);
  const users = createUsers(options);
  const apiTokens = createApiTokens(options);
  const limit = createAttemptLimit(now);
  const link = createSetupLink(options);
  const hasUser = async () => (await query.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
  let anyUser = await hasUser();
  database.follow('users', hasUser, (has) => {
    anyUser = has;
  });
  let settingUp = false;

  const isAdminToken = (token: string) => adminToken !== null && sameSecret(secretKey, token, adminToken);

  async function limited<Outcome extends { kind: string }>(
    key: string,
    attempt: () => Promise<Outcome>,
  ): Promise<Outcome | Extract<SignIn, { kind: 'too-many' }>> {
    const wait = limit.begin(key);
    if (wait > 0) return { kind: 'too-many', retryAfterSeconds: Math.ceil(wait / 1_000) };
    const outcome = await attempt();
    if (outcome.kind !== 'refused') limit.succeeded(key);
    return outcome;
  }

  async function createFirstUser({ name, password }: SignInRequest): Promise<SignIn> {
    const user = { id: randomUUID(), name: name.trim(), role: 'admin' as const };
    const at = now();
    const more = { password_hash: await hasher.hash(password), created_at: at, signed_in_at: at };
    const { token, queries } = sessions.begin(user.id);
    const row = { ...user, name_key: nameKey(name), ...more };
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
    // Who has not chosen one yet is let in by none.
    const matches = await hasher.matches(password, user?.password_hash || null);
    if (!matches || user === undefined) return { kind: 'refused' };
    return begin(user);
  }

  async function begin({ id, name, role }: UserRow, ...before: CompiledQuery[]): Promise<SignIn> {
    const { token, queries } = sessions.begin(id);
    await database.write(...before, ...queries);
    return { kind: 'signed-in', token, identity: { id, name, role: role as Role, via: 'session' } };
  }

  const storePassword = (id: string, password_hash: string) =>
    query.updateTable('users').set({ password_hash }).where('id', '=', id).compile();

  async function choosePassword({ token, password }: { token: string; password: string }): Promise<SignIn> {
    const user = await users.linkOwner(token);
    if (user === null) return { kind: 'refused' };
    const hash = await hasher.hash(password);
    if (!(await users.takeLink(token))) return { kind: 'refused' };
    return begin(user, storePassword(user.id, hash), sessions.endAllOf(user.id, null));
  }

  async function changePassword({ identity, sessionToken, current, password }: PasswordChange) {
    const stored = query.selectFrom('users').select('password_hash').where('id', '=', identity.id);
    const before = (await stored.executeTakeFirst())?.password_hash ?? null;
    if (!(await hasher.matches(current, before))) return { kind: 'refused' as const };
    const hash = await hasher.hash(password);
    await database.write(storePassword(identity.id, hash), sessions.endAllOf(identity.id, sessionToken));
    return { kind: 'changed' as const };
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
    choosePassword: (request) => limited(`link ${request.address}`, () => choosePassword(request)),
    changePassword: (request) =>
      limited(`${request.address} ${nameKey(request.identity.name)}`, () => changePassword(request)),
    signOut: sessions.end,
    identify,
    openSessions: sessions,
    users,
    apiTokens,
    tokenGuesses: createTokenGuesses(now),
  };
}

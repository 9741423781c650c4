import type { Role } from '@cpo-console/shared/api/sign-in.ts';
import type { CompiledQuery } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Identity } from './identity.ts';
import { digestSecret, makeSecret } from './secrets.ts';

const HOUR = 3_600_000;
const IDLE_MS = 12 * HOUR;
export const SESSION_MS = 7 * 24 * HOUR;
/** Being used is noted this often at most: not every request is a write. */
const NOTE_USE_EVERY_MS = 5 * 60_000;

export interface SessionsOptions {
  database: Database;
  secretKey: Buffer;
  now: () => number;
}

export interface Sessions {
  /** The secret for the cookie, and what stores it. */
  begin(userId: string): { token: string; queries: CompiledQuery[] };
  identify(token: string): Promise<Identity | null>;
  end(token: string): Promise<void>;
  /** Those that still hold, the latest used first. @param userId null: everybody's */
  list(userId: string | null): Promise<OpenSession[]>;
  idOf(token: string): string;
  endById(id: string): Promise<void>;
  /** What ends those of a user. @param exceptToken the one that goes on; null: none */
  endAllOf(userId: string, exceptToken: string | null): CompiledQuery;
}

/** Without the secret. Its id is no way in: it is a keyed digest of it. */
export interface OpenSession {
  id: string;
  user: { id: string; name: string; role: Role };
  createdAt: number;
  lastUsedAt: number;
}

const MAX_SHOWN = 1_000;

/** Who is signed in, kept here and not in the cookie, so that it can be ended from here. */
export function createSessions({ database, secretKey, now }: SessionsOptions): Sessions {
  const { query } = database;
  const digest = (token: string) => digestSecret(secretKey, 'session', token);

  function begin(userId: string) {
    const token = makeSecret();
    const at = now();
    const row = { token_digest: digest(token), user_id: userId, created_at: at, last_used_at: at };
    const overdue = query
      .deleteFrom('sessions')
      .where(({ eb, or }) => or([eb('created_at', '<=', at - SESSION_MS), eb('last_used_at', '<=', at - IDLE_MS)]));
    const noted = query.updateTable('users').set({ signed_in_at: at }).where('id', '=', userId);
    return {
      token,
      queries: [overdue.compile(), query.insertInto('sessions').values(row).compile(), noted.compile()],
    };
  }

  async function identify(token: string): Promise<Identity | null> {
    const at = now();
    const row = await query
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['users.id', 'users.name', 'users.role', 'sessions.last_used_at'])
      .where('sessions.token_digest', '=', digest(token))
      .where('sessions.created_at', '>', at - SESSION_MS)
      .where('sessions.last_used_at', '>', at - IDLE_MS)
      .executeTakeFirst();
    if (row === undefined) return null;
    if (at - row.last_used_at > NOTE_USE_EVERY_MS) noteUse(token, at);
    return { id: row.id, name: row.name, role: row.role as Role, via: 'session' };
  }

  function noteUse(token: string, at: number): void {
    const used = query.updateTable('sessions').set({ last_used_at: at }).where('token_digest', '=', digest(token));
    // A full disk must not keep people from looking at it; database.trouble() tells.
    database.write(used.compile()).catch(() => undefined);
  }

  async function list(userId: string | null): Promise<OpenSession[]> {
    const at = now();
    const select = query
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['users.id as userId', 'users.name', 'users.role', 'sessions.token_digest as id'])
      .select(['sessions.created_at as createdAt', 'sessions.last_used_at as lastUsedAt'])
      .where('sessions.created_at', '>', at - SESSION_MS)
      .where('sessions.last_used_at', '>', at - IDLE_MS)
      .orderBy('sessions.last_used_at', 'desc')
      .limit(MAX_SHOWN);
    const rows = await (userId === null ? select : select.where('users.id', '=', userId)).execute();
    return rows.map(({ userId: id, name, role, ...same }) => ({ ...same, user: { id, name, role: role as Role } }));
  }

  return {
    begin,
    identify,
    list,
    idOf: digest,
    endAllOf(userId, exceptToken) {
      const all = query.deleteFrom('sessions').where('user_id', '=', userId);
      return (exceptToken === null ? all : all.where('token_digest', '!=', digest(exceptToken))).compile();
    },
    endById: (id) => database.write(query.deleteFrom('sessions').where('token_digest', '=', id).compile()),
    end: (token) => database.write(query.deleteFrom('sessions').where('token_digest', '=', digest(token)).compile()),
  };
}

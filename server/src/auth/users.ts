import { randomUUID } from 'node:crypto';
import type { Role } from '@cpo-console/shared/api/sign-in.ts';
import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { AuthTables, UserRow } from '../database/tables/auth.tables.ts';
import { digestSecret, makeSecret } from './secrets.ts';

/** Long enough to be handed over, short enough to be forgotten in a mailbox. */
const LINK_MS = 24 * 3_600_000;

/** Somebody who signs in with a password. */
export interface User {
  id: string;
  name: string;
  role: Role;
  createdAt: number;
  /** null: never yet. */
  signedInAt: number | null;
  /** Until when the link holds with which a password is chosen; null when there is none. */
  linkExpiresAt: number | null;
}

/** The secret of a one-time link at which a user chooses a password. */
export interface PasswordLink {
  token: string;
  expiresAt: number;
}

/** There must always be an administrator who can sign in. */
export type UserChange = 'done' | 'unknown' | 'last-administrator';

export interface Users {
  /** By name. */
  list(): Promise<User[]>;
  /** A new user without a password. null: the name is taken. */
  invite(request: Pick<User, 'name' | 'role'>): Promise<{ user: User; link: PasswordLink } | null>;
  /** A new link, in place of those before. null: there is no such user. */
  newLink(id: string): Promise<PasswordLink | null>;
  /** Whose a link is that still holds. */
  linkOwner(token: string): Promise<UserRow | null>;
  /** @returns whether it still held */
  takeLink(token: string): Promise<boolean>;
  setRole(id: string, role: Role): Promise<UserChange>;
  /** With the sign-ins and links. */
  remove(id: string): Promise<UserChange>;
}

/** As sign-in compares names. */
export const nameKey = (name: string): string => name.trim().normalize('NFKC').toLowerCase();

export interface UsersOptions {
  database: Database;
  secretKey: Buffer;
  now: () => number;
}

export function createUsers({ database, secretKey, now }: UsersOptions): Users {
  const { query } = database;
  const digest = (token: string) => digestSecret(secretKey, 'password-link', token);

  function makeLink(userId: string) {
    const link: PasswordLink = { token: makeSecret(), expiresAt: now() + LINK_MS };
    const row = { token_digest: digest(link.token), user_id: userId, expires_at: link.expiresAt };
    return {
      link,
      queries: [
        query.deleteFrom('password_links').where('user_id', '=', userId).compile(),
        query.insertInto('password_links').values(row).compile(),
      ],
    };
  }

  async function find(id: string): Promise<User | null> {
    return (await list(id))[0] ?? null;
  }

  async function list(id?: string): Promise<User[]> {
    let select = query
      .selectFrom('users')
      .leftJoin('password_links', (join) =>
        join.onRef('password_links.user_id', '=', 'users.id').on('password_links.expires_at', '>', now()),
      )
      .selectAll('users')
      .select('password_links.expires_at')
      .orderBy('users.name_key');
    if (id !== undefined) select = select.where('users.id', '=', id);
    return (await select.execute()).map(toUser);
  }

  async function outcome(id: string, changed: bigint): Promise<UserChange> {
    if (changed > 0n) return 'done';
    return (await find(id)) === null ? 'unknown' : 'last-administrator';
  }

  return {
    list: () => list(),
    async invite({ name, role }) {
      const row = {
        id: randomUUID(),
        name: name.trim(),
        name_key: nameKey(name),
        role,
        password_hash: '',
        created_at: now(),
        signed_in_at: null,
      };
      const { link, queries } = makeLink(row.id);
      const { numInsertedOrUpdatedRows } = await query
        .insertInto('users')
        .values(row)
        .onConflict((conflict) => conflict.column('name_key').doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) return null;
      await database.write(...queries);
      return { user: toUser({ ...row, expires_at: link.expiresAt }), link };
    },
    async newLink(id) {
      if ((await find(id)) === null) return null;
      const { link, queries } = makeLink(id);
      await database.write(...queries);
      return link;
    },
    async linkOwner(token) {
      const row = await query
        .selectFrom('password_links')
        .innerJoin('users', 'users.id', 'password_links.user_id')
        .selectAll('users')
        .where('token_digest', '=', digest(token))
        .where('expires_at', '>', now())
        .executeTakeFirst();
      return row ?? null;
    },
    async takeLink(token) {
      const { numDeletedRows } = await query
        .deleteFrom('password_links')
        .where('token_digest', '=', digest(token))
        .where('expires_at', '>', now())
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
    async setRole(id, role) {
      const update = query.updateTable('users').set({ role }).where('id', '=', id);
      const { numUpdatedRows } = await (role === 'admin'
        ? update
        : update.where((eb) => leavesAnAdministrator(eb, id))
      ).executeTakeFirstOrThrow();
      return outcome(id, numUpdatedRows);
    },
    async remove(id) {
      const { numDeletedRows } = await query
        .deleteFrom('users')
        .where('id', '=', id)
        .where((eb) => leavesAnAdministrator(eb, id))
        .executeTakeFirstOrThrow();
      return outcome(id, numDeletedRows);
    },
  };
}

/** Part of the statement that changes, so that two at the same time do not both find the other one there. */
const leavesAnAdministrator = (eb: ExpressionBuilder<AuthTables, 'users'>, id: string) =>
  eb.or([
    eb('role', '!=', 'admin'),
    eb.exists(
      eb
        .selectFrom('users as other')
        .select(sql`1`.as('one'))
        .where('other.role', '=', 'admin')
        .where('other.id', '!=', id)
        .where('other.password_hash', '!=', ''),
    ),
  ]);

const toUser = (row: Selectable<UserRow> & { expires_at: number | null }): User => ({
  id: row.id,
  name: row.name,
  role: row.role as Role,
  createdAt: row.created_at,
  signedInAt: row.signed_in_at,
  linkExpiresAt: row.expires_at,
});

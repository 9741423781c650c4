import { randomUUID } from 'node:crypto';
import type { Role } from '@cpo-console/shared/api/sign-in.ts';
import type { Database } from '../database/database.ts';
import type { ApiTokenRow } from '../database/tables/auth.tables.ts';
import type { Identity } from './identity.ts';
import { digestSecret, makeSecret } from './secrets.ts';

const NOTE_USE_EVERY_MS = 60_000;

export interface ApiToken {
  id: string;
  name: string;
  role: Role;
  createdBy: string;
  createdAt: number;
  expiresAt: number | null;
  lastUsedAt: number | null;
}

export interface ApiTokens {
  /** Oldest first. */
  list(): Promise<ApiToken[]>;
  /** @returns the token with its secret, which is shown this once */
  create(
    request: Pick<ApiToken, 'name' | 'role' | 'createdBy' | 'expiresAt'>,
  ): Promise<{ token: ApiToken; secret: string }>;
  remove(id: string): Promise<boolean>;
  identify(secret: string): Promise<Identity | null>;
}

export interface ApiTokensOptions {
  database: Database;
  secretKey: Buffer;
  now: () => number;
}

/** Tokens for programs. */
export function createApiTokens({ database, secretKey, now }: ApiTokensOptions): ApiTokens {
  const { query } = database;

  async function create(request: Pick<ApiToken, 'name' | 'role' | 'createdBy' | 'expiresAt'>) {
    const secret = makeSecret('cpo_');
    const token: ApiToken = { ...request, id: randomUUID(), createdAt: now(), lastUsedAt: null };
    const row: ApiTokenRow = {
      id: token.id,
      name: token.name,
      role: token.role,
      token_digest: digestSecret(secretKey, 'api-token', secret),
      created_by: token.createdBy,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
      last_used_at: null,
    };
    await database.write(query.insertInto('api_tokens').values(row).compile());
    return { token, secret };
  }

  async function identify(secret: string): Promise<Identity | null> {
    const at = now();
    const row = await query
      .selectFrom('api_tokens')
      .selectAll()
      .where('token_digest', '=', digestSecret(secretKey, 'api-token', secret))
      .executeTakeFirst();
    if (row === undefined || (row.expires_at !== null && row.expires_at <= at)) return null;
    if (at - (row.last_used_at ?? 0) > NOTE_USE_EVERY_MS) noteUse(row.id, at);
    return { id: row.id, name: row.name, role: row.role as Role, via: 'api-token' };
  }

  function noteUse(id: string, at: number): void {
    const used = query.updateTable('api_tokens').set({ last_used_at: at }).where('id', '=', id);
    // A full disk must not keep programs from reading; database.trouble() tells.
    database.write(used.compile()).catch(() => undefined);
  }

  return {
    create,
    identify,
    async list() {
      const rows = await query.selectFrom('api_tokens').selectAll().orderBy('created_at').orderBy('id').execute();
      return rows.map(fromRow);
    },
    async remove(id) {
      const { numDeletedRows } = await query.deleteFrom('api_tokens').where('id', '=', id).executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
  };
}

function fromRow(row: ApiTokenRow): ApiToken {
  return {
    id: row.id,
    name: row.name,
    role: row.role as Role,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}

import type { IdToken, IdTokenStatus, Page } from '@cpo-console/shared/api/contracts.ts';
import type { Database } from '../../database/database.ts';
import type { IdTokenRow } from '../../database/tables/charge-points.tables.ts';
import { tokenKey } from './token-key.ts';

export type NewIdToken = Omit<IdToken, 'createdAt' | 'updatedAt'>;

/** Who may charge. All tokens are in memory, because every session asks. Changes resolve when they are durable. */
export interface IdTokens {
  /** From memory, without regard to case. */
  lookUp(idToken: string): IdToken | undefined;
  /** Sorted by token; `search` is looked for in the token, its group and its note. */
  list(query: { search?: string; limit: number; cursor?: string }): Promise<Page<IdToken>>;
  get(idToken: string): Promise<IdToken | null>;
  /** Creates or replaces. */
  put(token: NewIdToken): Promise<IdToken>;
  /** null when it exists already. */
  create(token: NewIdToken): Promise<IdToken | null>;
  remove(idToken: string): Promise<boolean>;
}

export interface IdTokensOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
}

export async function createIdTokens({ database, now }: IdTokensOptions): Promise<IdTokens> {
  const { query } = database;
  const tokens = new Map<string, IdToken>();
  for (const row of await query.selectFrom('id_tokens').selectAll().execute()) tokens.set(row.token_key, toToken(row));
  const creating = new Set<string>();

  async function put(token: NewIdToken): Promise<IdToken> {
    const key = tokenKey(token.idToken);
    const at = new Date(now()).toISOString();
    const next: IdToken = { ...token, createdAt: tokens.get(key)?.createdAt ?? at, updatedAt: at };
    const { token_key: _key, ...changes } = toRow(next);
    await database.write(
      query
        .insertInto('id_tokens')
        .values(toRow(next))
        .onConflict((conflict) => conflict.column('token_key').doUpdateSet(changes))
        .compile(),
    );
    tokens.set(key, next);
    return next;
  }

  return {
    lookUp: (idToken) => tokens.get(tokenKey(idToken)),
    get: async (idToken) => tokens.get(tokenKey(idToken)) ?? null,
    async list({ search, limit, cursor }) {
      const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString();
      const wanted = search?.toLowerCase();
      const keys = [...tokens.keys()].filter((key) => key > after && matches(tokens.get(key), wanted)).sort();
      const page = keys.slice(0, limit);
      const last = keys.length > limit ? page.at(-1) : undefined;
      return {
        items: page.flatMap((key) => tokens.get(key) ?? []),
        nextCursor: last === undefined ? null : Buffer.from(last).toString('base64url'),
      };
    },
    put,
    async create(token) {
      const key = tokenKey(token.idToken);
      if (tokens.has(key) || creating.has(key)) return null;
      creating.add(key);
      try {
        return await put(token);
      } finally {
        creating.delete(key);
      }
    },
    async remove(idToken) {
      const key = tokenKey(idToken);
      if (!tokens.has(key)) return false;
      await database.write(query.deleteFrom('id_tokens').where('token_key', '=', key).compile());
      return tokens.delete(key);
    },
  };
}

function matches(token: IdToken | undefined, search: string | undefined): boolean {
  if (token === undefined || search === undefined || search === '') return token !== undefined;
  return [token.idToken, token.groupIdToken, token.note].some((text) => text?.toLowerCase().includes(search));
}

function toRow(token: IdToken): IdTokenRow {
  return {
    token_key: tokenKey(token.idToken),
    id_token: token.idToken,
    type: token.type,
    status: token.status,
    expires_at: token.expiresAt === null ? null : Date.parse(token.expiresAt),
    group_id_token: token.groupIdToken,
    concurrent: token.concurrent ? 1 : 0,
    note: token.note,
    created_at: Date.parse(token.createdAt),
    updated_at: Date.parse(token.updatedAt),
  };
}

function toToken(row: IdTokenRow): IdToken {
  return {
    idToken: row.id_token,
    type: row.type,
    status: row.status as IdTokenStatus,
    expiresAt: row.expires_at === null ? null : new Date(row.expires_at).toISOString(),
    groupIdToken: row.group_id_token,
    concurrent: row.concurrent === 1,
    note: row.note,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}

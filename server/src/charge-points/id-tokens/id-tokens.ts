import type { IdToken, IdTokenStatus } from '@cpo-console/shared/api/id-tokens.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { CompiledQuery } from 'kysely';
import type { Database } from '../../database/database.ts';
import type { IdTokenRow } from '../../database/tables/charge-points.tables.ts';
import { createListeners } from '../listeners.ts';
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
  /** Creates or replaces all of them or, when that fails, none. */
  putAll(tokens: readonly NewIdToken[]): Promise<void>;
  /** null when it exists already. */
  create(token: NewIdToken): Promise<IdToken | null>;
  remove(idToken: string): Promise<boolean>;
  /** How many tokens have this one as their group. */
  membersOf(groupIdToken: string): number;
  /** Tells which were put or removed. */
  onChange(listener: (idTokens: readonly string[]) => void): () => void;
}

export interface IdTokensOptions {
  database: Pick<Database, 'query' | 'write' | 'follow'>;
  now: () => number;
}

export async function createIdTokens({ database, now }: IdTokensOptions): Promise<IdTokens> {
  const { query } = database;
  const tokens = new Map<string, IdToken>();
  const creating = new Set<string>();
  const listeners = createListeners<readonly string[]>();

  const readAll = (): Promise<IdTokenRow[]> => query.selectFrom('id_tokens').selectAll().execute();
  for (const row of await readAll()) tokens.set(row.token_key, toToken(row));
  database.follow('id_tokens', readAll, (read) => {
    const gone = new Map(tokens);
    for (const row of read) gone.delete(row.token_key);
    const changed = read.filter((row) => row.updated_at !== Date.parse(tokens.get(row.token_key)?.updatedAt ?? ''));
    for (const row of changed) tokens.set(row.token_key, toToken(row));
    for (const key of gone.keys()) tokens.delete(key);
    listeners.tell([...changed.map((row) => row.id_token), ...Array.from(gone.values(), ({ idToken }) => idToken)]);
  });

  function completed(token: NewIdToken): IdToken {
    const at = new Date(now()).toISOString();
    return { ...token, createdAt: tokens.get(tokenKey(token.idToken))?.createdAt ?? at, updatedAt: at };
  }

  async function keep(kept: readonly IdToken[]): Promise<void> {
    await database.write(...kept.map(upsert));
    for (const token of kept) tokens.set(tokenKey(token.idToken), token);
    listeners.tell(kept.map(({ idToken }) => idToken));
  }

  function upsert(token: IdToken): CompiledQuery {
    const { token_key, ...changes } = toRow(token);
    return query
      .insertInto('id_tokens')
      .values({ token_key, ...changes })
      .onConflict((conflict) => conflict.column('token_key').doUpdateSet(changes))
      .compile();
  }

  async function put(token: NewIdToken): Promise<IdToken> {
    const next = completed(token);
    await keep([next]);
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
    putAll: (all) => keep(all.map(completed)),
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
      tokens.delete(key);
      listeners.tell([idToken]);
      return true;
    },
    membersOf(groupIdToken) {
      const key = tokenKey(groupIdToken);
      let members = 0;
      for (const { groupIdToken: group } of tokens.values()) if (group !== null && tokenKey(group) === key) members++;
      return members;
    },
    onChange: listeners.add,
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
    concurrent_limit: token.concurrentLimit,
    language: token.language,
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
    concurrentLimit: row.concurrent_limit,
    language: row.language,
    note: row.note,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}

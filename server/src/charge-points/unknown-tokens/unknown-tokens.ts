import type { UnknownToken } from '@cpo-console/shared/api/access.ts';
import type { Database } from '../../database/database.ts';
import type { UnknownTokenRow } from '../../database/tables/access.tables.ts';
import { createChangeListeners } from '../change-listeners.ts';
import { tokenKey } from '../id-tokens/token-key.ts';

export interface Sighting {
  idToken: string;
  type: string | null;
  thingName: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** Tokens that charge points asked about and nobody has registered. A hint for people: kept soon, not before the answer. */
export interface UnknownTokens {
  saw(sighting: Sighting): void;
  /** The last seen first. */
  list(): UnknownToken[];
  /** Resolves to false when there is none. */
  remove(idToken: string): Promise<boolean>;
  /** Names the charge point where it was seen last. */
  onChange(listener: (thingName: string) => void): () => void;
}

export interface UnknownTokensOptions {
  database: Pick<Database, 'query' | 'write' | 'follow'>;
  /** At most so many: charge points send what they like. */
  max?: number;
}

const MAX = 500;
/** Of one that comes again and again, no more than this often. */
const KEEP_EVERY_MS = 5_000;

interface Kept {
  row: UnknownTokenRow;
  keptAt: number;
}

export async function createUnknownTokens({ database, max = MAX }: UnknownTokensOptions): Promise<UnknownTokens> {
  const { query } = database;
  const listeners = createChangeListeners();
  /** The last seen last. */
  const tokens = new Map<string, Kept>();
  const read = () => query.selectFrom('unknown_tokens').selectAll().orderBy('last_at').execute();
  function take(rows: readonly UnknownTokenRow[]): void {
    tokens.clear();
    for (const row of rows) tokens.set(row.token_key, { row, keptAt: row.last_at });
  }
  take(await read());
  database.follow('unknown_tokens', read, take);

  function keep(row: UnknownTokenRow): void {
    const { token_key: _key, ...changes } = row;
    const statement = query
      .insertInto('unknown_tokens')
      .values(row)
      .onConflict((conflict) => conflict.column('token_key').doUpdateSet(changes));
    // Storage that is in trouble is told by what has to be stored.
    database.write(statement.compile()).catch(() => undefined);
  }

  function drop(key: string): Promise<void> {
    tokens.delete(key);
    return database.write(query.deleteFrom('unknown_tokens').where('token_key', '=', key).compile());
  }

  return {
    saw({ idToken, type, thingName, at }) {
      const key = tokenKey(idToken);
      const known = tokens.get(key);
      const row: UnknownTokenRow = {
        token_key: key,
        id_token: idToken,
        type: type ?? known?.row.type ?? null,
        thing_name: thingName,
        tries: (known?.row.tries ?? 0) + 1,
        first_at: known?.row.first_at ?? at,
        last_at: at,
      };
      const isDue = known === undefined || at - known.keptAt >= KEEP_EVERY_MS;
      tokens.delete(key);
      tokens.set(key, { row, keptAt: isDue ? at : known.keptAt });
      if (isDue) keep(row);
      const [oldest] = tokens.keys();
      if (tokens.size > max && oldest !== undefined) drop(oldest).catch(() => undefined);
      listeners.tell(thingName);
    },
    list: () => [...tokens.values()].map(({ row }) => toUnknownToken(row)).reverse(),
    async remove(idToken) {
      const key = tokenKey(idToken);
      const known = tokens.get(key);
      if (known === undefined) return false;
      await drop(key);
      listeners.tell(known.row.thing_name);
      return true;
    },
    onChange: listeners.onChange,
  };
}

const toUnknownToken = (row: UnknownTokenRow): UnknownToken => ({
  idToken: row.id_token,
  type: row.type,
  thingName: row.thing_name,
  tries: row.tries,
  firstAt: new Date(row.first_at).toISOString(),
  lastAt: new Date(row.last_at).toISOString(),
});

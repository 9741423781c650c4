import type { Database } from '../../database/database.ts';
import type { SavedSearchRow } from '../../database/tables/saved-searches.tables.ts';

export interface StoredSearch {
  id: string;
  owner: string;
  name: string;
  /** As in the console's address, without the question mark. */
  query: string;
  shared: boolean;
  createdAt: number;
}

/** Searches of the messages that people named. Writes are durable when resolved. */
export interface SavedSearches {
  /** In place of the owner's own of this name. null: the owner has as many as anybody may. */
  save(search: Omit<StoredSearch, 'id' | 'createdAt'>): Promise<StoredSearch | null>;
  /** false: the owner has another of this name. */
  rename(search: StoredSearch, name: string): Promise<boolean>;
  get(id: string): Promise<StoredSearch | null>;
  /** One's own and what others share, by name. */
  list(owner: string): Promise<StoredSearch[]>;
  remove(id: string): Promise<void>;
}

export interface SavedSearchesOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
  newId: () => string;
}

const MAX_PER_OWNER = 200;
const MAX_SHOWN = 1_000;

export function createSavedSearches({ database, now, newId }: SavedSearchesOptions): SavedSearches {
  const { query } = database;
  const searches = () => query.selectFrom('saved_searches').selectAll();
  return {
    async save(search) {
      const own = await searches().where('owner', '=', search.owner).execute();
      const before = own.find(({ name }) => name === search.name);
      if (before === undefined && own.length >= MAX_PER_OWNER) return null;
      const stored = { ...search, id: before?.id ?? newId(), createdAt: now() };
      const row = toRow(stored);
      const { id: _id, ...changed } = row;
      await database.write(
        query
          .insertInto('saved_searches')
          .values(row)
          .onConflict((conflict) => conflict.columns(['owner', 'name']).doUpdateSet(changed))
          .compile(),
      );
      return stored;
    },
    async rename({ id, owner }, name) {
      const own = await searches().where('owner', '=', owner).where('name', '=', name).executeTakeFirst();
      if (own !== undefined) return own.id === id;
      await database.write(query.updateTable('saved_searches').set({ name }).where('id', '=', id).compile());
      return true;
    },
    async get(id) {
      const row = await searches().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async list(owner) {
      const rows = await searches()
        .where(({ eb, or }) => or([eb('owner', '=', owner), eb('shared', '=', 1)]))
        .orderBy('name')
        .orderBy('created_at')
        .limit(MAX_SHOWN)
        .execute();
      return rows.map(fromRow);
    },
    async remove(id) {
      await database.write(query.deleteFrom('saved_searches').where('id', '=', id).compile());
    },
  };
}

const toRow = ({ createdAt, shared, ...same }: StoredSearch): SavedSearchRow => ({
  ...same,
  shared: shared ? 1 : 0,
  created_at: createdAt,
});

const fromRow = ({ created_at: createdAt, shared, ...same }: SavedSearchRow): StoredSearch => ({
  ...same,
  shared: shared === 1,
  createdAt,
});

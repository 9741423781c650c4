/** A search of the messages that somebody named. */
export interface SavedSearchRow {
  id: string;
  owner: string;
  name: string;
  /** As in the console's address, without the question mark. */
  query: string;
  /** 1: everybody may use it. */
  shared: number;
  created_at: number;
}

export interface SavedSearchesTables {
  saved_searches: SavedSearchRow;
}

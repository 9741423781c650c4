/** A search of the messages that somebody named. */
export interface SavedSearch {
  id: string;
  name: string;
  /** As in the console's address, without the question mark. */
  query: string;
  /** Everybody who may search may use it. */
  shared: boolean;
  createdAt: string;
  createdBy: string;
  /** Whether whoever asked may rename and remove it. */
  removable: boolean;
}

export type NewSavedSearch = Pick<SavedSearch, 'name' | 'query' | 'shared'>;

/** Times are milliseconds since the epoch. */
export interface UnknownTokenRow {
  token_key: string;
  id_token: string;
  type: string | null;
  thing_name: string;
  tries: number;
  first_at: number;
  last_at: number;
}

/** `entries` and `attempt` are JSON, see local-list-record.ts. */
export interface LocalListRow {
  thing_name: string;
  /** The highest version that was ever given to it or told by it. */
  last_version: number;
  agreed_version: number | null;
  entries: string | null;
  attempt: string | null;
  reported_version: number | null;
  reported_at: number | null;
  cache_status: string | null;
  cache_at: number | null;
}

export interface AccessTables {
  local_lists: LocalListRow;
  unknown_tokens: UnknownTokenRow;
}

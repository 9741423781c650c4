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

/** What a charge point said when asked about a session. `ongoing` and `messages_in_queue` are 0 or 1. */
export interface TransactionStatusRow {
  thing_name: string;
  /** The one on the wire. */
  transaction_id: string;
  ongoing: number | null;
  messages_in_queue: number;
  at: number;
}

export interface AccessTables {
  transaction_status: TransactionStatusRow;
  local_lists: LocalListRow;
  unknown_tokens: UnknownTokenRow;
}

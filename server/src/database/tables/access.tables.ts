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

export interface AccessTables {
  unknown_tokens: UnknownTokenRow;
}

export interface UserRow {
  id: string;
  name: string;
  /** `name` as sign-in compares it: without regard to case. */
  name_key: string;
  role: string;
  /** See auth/password-hash.ts. */
  password_hash: string;
  created_at: number;
}

/** Secrets are kept as digests only: a copy of the database signs nobody in. */
export interface SessionRow {
  token_digest: string;
  user_id: string;
  created_at: number;
  last_used_at: number;
}

export interface ApiTokenRow {
  id: string;
  name: string;
  role: string;
  token_digest: string;
  created_by: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
}

export interface AuthTables {
  users: UserRow;
  sessions: SessionRow;
  api_tokens: ApiTokenRow;
}

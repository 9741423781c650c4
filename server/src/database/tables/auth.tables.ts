export interface UserRow {
  id: string;
  name: string;
  /** `name` as sign-in compares it: without regard to case. */
  name_key: string;
  role: string;
  /** See auth/password-hash.ts. Empty until a password was chosen. */
  password_hash: string;
  created_at: number;
  signed_in_at: number | null;
}

/** One-time links at which a user chooses a password: digests, as of all secrets. */
export interface PasswordLinkRow {
  token_digest: string;
  user_id: string;
  expires_at: number;
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

/** By what a key that is kept elsewhere is known again. */
export interface KeyRow {
  name: string;
  fingerprint: string;
}

export interface AuthTables {
  keys: KeyRow;
  users: UserRow;
  password_links: PasswordLinkRow;
  sessions: SessionRow;
  api_tokens: ApiTokenRow;
}

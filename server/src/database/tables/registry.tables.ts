/** `attributes` and `tags` are JSON. The two `password_` columns are null when the thing has no password. */
export interface ThingRow {
  thing_name: string;
  attributes: string;
  tags: string;
  auth_type: string;
  /** 1: a recorded log may be run again as this one. */
  sandbox: number;
  password_salt: string | null;
  password_digest: string | null;
  /** JSON: salts and digests of those that it was told of and may use, oldest first, with since when; null: none. */
  offered_passwords: string | null;
  security_profile: number | null;
  /** Milliseconds since the epoch, like every `_at` column. */
  created_at: number;
}

/** `reported` and `desired` are JSON objects. */
export interface ShadowRow {
  thing_name: string;
  version: number;
  reported: string;
  desired: string;
  updated_at: number;
}

export interface RegistryTables {
  things: ThingRow;
  shadows: ShadowRow;
}

export type Role = 'viewer' | 'support' | 'operator' | 'admin';

export interface Session {
  user: { id: string; name: string; role: Role };
  /** What the role may do. */
  permissions: string[];
}

/** GET /api/v1/setup: whether the first administrator is still to be created. */
export interface SetupState {
  needed: boolean;
}

/** Somebody who is signed in, in one browser. */
export interface OpenSession {
  id: string;
  user: Session['user'];
  createdAt: string;
  /** To within five minutes. */
  lastUsedAt: string;
  /** Whether it is the one that asks. */
  current: boolean;
}

/** Somebody who signs in with a password. */
export interface User {
  id: string;
  name: string;
  role: Role;
  createdAt: string;
  /** null: never yet. */
  signedInAt: string | null;
  /** Until when the link holds at which they choose a password; null when there is none. */
  linkExpiresAt: string | null;
}

/** The secret of a one-time link of the console, `/password?token=…`. */
export interface PasswordLink {
  token: string;
  expiresAt: string;
}

export type InvitedUser = User & { link: PasswordLink };

/** For programs. */
export interface ApiToken {
  id: string;
  name: string;
  role: Role;
  createdBy: string;
  createdAt: string;
  expiresAt: string | null;
  /** To within a minute. */
  lastUsedAt: string | null;
}

/** Its secret is told this once. */
export type CreatedApiToken = ApiToken & { token: string };

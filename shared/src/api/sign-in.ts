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

import type { Role } from '@cpo-console/shared/api/sign-in.ts';

/** Who makes a request. */
export interface Identity {
  /** The user's id, or the API token's. */
  id: string;
  name: string;
  role: Role;
  via: 'session' | 'api-token' | 'admin-token';
}

/** What a request brought along. */
export type Credential = { kind: 'session'; token: string } | { kind: 'bearer'; token: string };

import type { IdToken } from '@cpo-console/shared/api/contracts.ts';

export type AuthorizationStatus = 'Accepted' | 'Blocked' | 'Expired' | 'Invalid' | 'ConcurrentTx';

export interface Authorization {
  status: AuthorizationStatus;
  expiresAt: string | null;
  groupIdToken: string | null;
}

/** May this token charge? `inUse`: another session runs with it, and this one would be the second. */
export function authorize(token: IdToken | null, { now, inUse }: { now: number; inUse: boolean }): Authorization {
  if (token === null) return { status: 'Invalid', expiresAt: null, groupIdToken: null };
  const { expiresAt, groupIdToken } = token;
  const isPast = expiresAt !== null && Date.parse(expiresAt) <= now;
  const registered = token.status === 'Accepted' && isPast ? 'Expired' : token.status;
  const status = registered === 'Accepted' && inUse && !token.concurrent ? 'ConcurrentTx' : registered;
  return { status, expiresAt, groupIdToken };
}

import type { IdToken, IdTokenStatus } from '@cpo-console/shared/api/id-tokens.ts';

/** What a registered token is worth now: a time that has passed makes it Expired. */
export function tokenStatus({ status, expiresAt }: IdToken, now: number): IdTokenStatus {
  const isPast = expiresAt !== null && Date.parse(expiresAt) <= now;
  return status === 'Accepted' && isPast ? 'Expired' : status;
}

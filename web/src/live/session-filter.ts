import type { Transaction } from '@cpo-console/shared/api/transactions.ts';

/** What GET /transactions filters by. */
export interface SessionFilter {
  thingName?: string;
  idToken?: string;
  active?: 'true' | 'false';
  stuck?: 'true';
  from?: string;
  to?: string;
}

/** The same decision as the server's, for sessions that come live. */
export function matchesSession(filter: SessionFilter, session: Transaction): boolean {
  const startedAt = Date.parse(session.startedAt);
  return (
    (filter.thingName === undefined || session.thingName === filter.thingName) &&
    (filter.idToken === undefined || session.idToken?.toLowerCase() === filter.idToken.toLowerCase()) &&
    (filter.active === undefined || session.active === (filter.active === 'true')) &&
    (filter.stuck === undefined || session.stuck !== null) &&
    (filter.from === undefined || startedAt >= Date.parse(filter.from)) &&
    (filter.to === undefined || startedAt < Date.parse(filter.to))
  );
}

import type { IdToken } from '@cpo-console/shared/api/contracts.ts';
import type { HandlerDeps } from '../handlers/handler.ts';

export type AuthorizationDeps = Pick<HandlerDeps, 'idTokens' | 'transactions' | 'settings'>;
export type AuthorizationStatus = 'Accepted' | 'Blocked' | 'Expired' | 'Invalid' | 'ConcurrentTx';

export interface Judgement {
  status: AuthorizationStatus;
  /** What is registered under it. */
  token: IdToken | null;
}

/** May this token charge, as far as its own record says? */
export function judgeToken(
  { idTokens, settings }: Pick<AuthorizationDeps, 'idTokens' | 'settings'>,
  idToken: string,
  now: number,
): Judgement {
  const token = idTokens.lookUp(idToken) ?? null;
  if (token === null) return { status: settings.unknownTokens, token };
  if (token.status !== 'Accepted') return { status: token.status, token };
  const isPast = token.expiresAt !== null && Date.parse(token.expiresAt) <= now;
  return { status: isPast ? 'Expired' : 'Accepted', token };
}

/**
 * May this token charge in this transaction? A token that charges elsewhere may not, unless it is registered so. Asked
 * only where a transaction begins: an Authorize may as well be there to end one.
 * @see OCPP 1.6 §7.2 AuthorizationStatus ConcurrentTx, OCPP 2.0.1 part 2 §3.4 AuthorizationStatusEnumType
 */
export function judgeUse(
  deps: AuthorizationDeps,
  idToken: string,
  use: { thingName: string; transactionId: string; now: number },
): Judgement {
  const judgement = judgeToken(deps, idToken, use.now);
  if (judgement.status !== 'Accepted' || judgement.token === null || judgement.token.concurrent) return judgement;
  return deps.transactions.inUse(idToken, use) ? { ...judgement, status: 'ConcurrentTx' } : judgement;
}

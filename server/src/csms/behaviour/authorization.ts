import type { IdToken } from '@cpo-console/shared/api/id-tokens.ts';
import { tokenStatus } from '../../charge-points/id-tokens/token-status.ts';
import type { HandlerDeps } from '../handlers/handler.ts';

export type AuthorizationDeps = Pick<HandlerDeps, 'idTokens' | 'unknownTokens' | 'transactions' | 'settings'>;
export type AuthorizationStatus = 'Accepted' | 'Blocked' | 'Expired' | 'Invalid' | 'ConcurrentTx';

export interface Judgement {
  status: AuthorizationStatus;
  /** What is registered under it. */
  token: IdToken | null;
}

/** A token as a charge point presents it; OCPP 1.6 has no types. */
export interface PresentedToken {
  idToken: string;
  type?: string;
}

/** May this token charge, as far as its own record says? One that nobody knows is remembered, so that it can be added. */
export function judgeToken(
  { idTokens, unknownTokens, settings }: Pick<AuthorizationDeps, 'idTokens' | 'unknownTokens' | 'settings'>,
  { idToken, type }: PresentedToken,
  { thingName, now }: { thingName: string; now: number },
): Judgement {
  const token = idTokens.lookUp(idToken) ?? null;
  if (token === null) {
    if (idToken !== '') unknownTokens.saw({ idToken, type: type ?? null, thingName, at: now });
    return { status: settings.unknownTokens, token };
  }
  return { status: tokenStatus(token, now), token };
}

/**
 * May this token charge in this transaction? Not when it is in as many others as it may be at once. Asked only where a
 * transaction begins: an Authorize may as well be there to end one.
 * @see OCPP 1.6 §7.2 AuthorizationStatus ConcurrentTx, OCPP 2.0.1 part 2, AuthorizationStatusEnumType
 */
export function judgeUse(
  deps: AuthorizationDeps,
  presented: PresentedToken,
  use: { thingName: string; transactionId: string; now: number },
): Judgement {
  const judgement = judgeToken(deps, presented, use);
  const limit = judgement.token?.concurrentLimit ?? null;
  if (judgement.status !== 'Accepted' || limit === null) return judgement;
  return deps.transactions.usesOf(presented.idToken, use) < limit
    ? judgement
    : { ...judgement, status: 'ConcurrentTx' };
}

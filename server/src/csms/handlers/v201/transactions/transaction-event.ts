import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import { type AuthorizationDeps, judgeToken, judgeUse } from '../../../behaviour/authorization.ts';
import { idTokenInfo, needsNoAuthorization } from '../../../behaviour/id-token-info.ts';
import { takeTransactionEvent } from '../../../behaviour/transaction-event.ts';
import type { Handler } from '../../handler.ts';
import { ID_TOKEN_TYPES } from '../authorization/id-token-types.ts';

/** A session begins, goes on or ends. An event with a token is answered with what the token is worth. @see OCPP 2.0.1 part 2, E01, E05.FR.01 */
export function transactionEvent(deps: AuthorizationDeps): Handler<Messages, 'TransactionEvent'> {
  return async (request, call) => {
    const { idToken, eventType, transactionInfo } = request;
    await takeTransactionEvent(deps, request, call);
    if (idToken === undefined) return {};
    if (needsNoAuthorization(idToken)) return { idTokenInfo: { status: 'Accepted' } };
    const { thingName, now } = call;
    const judgement =
      eventType === 'Ended'
        ? judgeToken(deps, idToken.idToken, now)
        : judgeUse(deps, idToken.idToken, { thingName, transactionId: transactionInfo.transactionId, now });
    return { idTokenInfo: idTokenInfo(deps, judgement, ID_TOKEN_TYPES) };
  };
}

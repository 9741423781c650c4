import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import { answerTransactionEvent, type TransactionDeps } from '../../../behaviour/transaction-event.ts';
import type { Handler } from '../../handler.ts';
import { ID_TOKEN_TYPES } from '../authorization/id-token-types.ts';

/** A session begins, goes on or ends. @see OCPP 2.0.1 part 2, E01 */
export function transactionEvent(deps: TransactionDeps): Handler<Messages, 'TransactionEvent'> {
  return answerTransactionEvent(deps, ID_TOKEN_TYPES);
}

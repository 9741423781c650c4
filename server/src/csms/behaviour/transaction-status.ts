import { membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { TransactionChecks } from '../../charge-points/transactions/transaction-checks.ts';
import type { CommandResult } from '../commands/create-command-service.ts';

/** Without an id it is about the charge point's queue as a whole, which no session has a place for. @see OCPP 2.0.1 part 2, E14 */
export async function takeTransactionStatus(
  { transactionChecks }: { transactionChecks: Pick<TransactionChecks, 'took'> },
  { thingName, request, response }: CommandResult,
): Promise<void> {
  const transactionId = textOf(membersOf(request).transactionId);
  const { ongoingIndicator, messagesInQueue } = membersOf(response);
  if (transactionId === null) return;
  const ongoing = typeof ongoingIndicator === 'boolean' ? ongoingIndicator : null;
  await transactionChecks.took({ thingName, transactionId }, { ongoing, messagesInQueue: messagesInQueue === true });
}

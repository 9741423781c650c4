import type { NewCommand } from '@cpo-console/shared/api/commands.ts';
import type { Transaction } from '@cpo-console/shared/api/transactions.ts';

/** @see OCPP 1.6 §5.12, OCPP 2.0.1 part 2, F03 */
export function stopCommand({ protocol, transactionId }: Pick<Transaction, 'protocol' | 'transactionId'>): NewCommand {
  return protocol === 'ocpp1.6'
    ? { action: 'RemoteStopTransaction', payload: { transactionId: Number(transactionId) } }
    : { action: 'RequestStopTransaction', payload: { transactionId } };
}

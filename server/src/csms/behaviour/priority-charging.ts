import { membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { ChargingReports } from '../../charge-points/charging-reports/charging-reports.ts';
import type { Transactions } from '../../charge-points/transactions/transactions.ts';
import type { CommandResult } from '../commands/create-command-service.ts';

interface Deps {
  chargingReports: Pick<ChargingReports, 'put'>;
  transactions: Pick<Transactions, 'find'>;
}

/** Whether a session has priority just now. @see OCPP 2.1 part 2, K21 */
export async function takePriority(
  { chargingReports, transactions }: Deps,
  thingName: string,
  { transactionId, activated }: { transactionId: string; activated: boolean },
): Promise<void> {
  const session = await transactions.find(thingName, transactionId);
  const content = { transactionId, activated };
  await chargingReports.put({ thingName, kind: 'priority-charging', place: session?.evseId ?? 0, content });
}

/** We asked for it in the driver's stead. @see OCPP 2.1 part 2, K22 */
export async function takeUsePriority(deps: Deps, { thingName, request, response }: CommandResult): Promise<void> {
  const { transactionId, activate } = membersOf(request);
  if (membersOf(response).status !== 'Accepted' || typeof transactionId !== 'string') return;
  await takePriority(deps, thingName, { transactionId, activated: activate === true });
}

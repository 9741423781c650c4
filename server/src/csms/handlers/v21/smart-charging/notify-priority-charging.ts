import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import { takePriority } from '../../../behaviour/priority-charging.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** A driver asked for priority, or gave it up. @see OCPP 2.1 part 2, K21 */
export function notifyPriorityCharging(
  deps: Pick<HandlerDeps, 'chargingReports' | 'transactions'>,
): Handler<Messages, 'NotifyPriorityCharging'> {
  return async (request, { thingName }) => {
    await takePriority(deps, thingName, request);
    return {};
  };
}

import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import { takeChargingLimit } from '../../../behaviour/charging-reports.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** Somebody else limits what it may take. @see OCPP 2.1 part 2, K12 */
export function notifyChargingLimit(
  deps: Pick<HandlerDeps, 'chargingReports'>,
): Handler<Messages, 'NotifyChargingLimit'> {
  return async (request, call) => {
    await takeChargingLimit(deps, request, call);
    return {};
  };
}

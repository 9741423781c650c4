import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import { takeClearedLimit } from '../../../behaviour/charging-reports.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** Such a limit is gone. @see OCPP 2.0.1 part 2, K13 */
export function clearedChargingLimit(
  deps: Pick<HandlerDeps, 'chargingReports'>,
): Handler<Messages, 'ClearedChargingLimit'> {
  return async (request, call) => {
    await takeClearedLimit(deps, request, call);
    return {};
  };
}

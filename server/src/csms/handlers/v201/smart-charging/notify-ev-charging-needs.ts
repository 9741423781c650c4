import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import { takeFromEv } from '../../../behaviour/charging-reports.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** What a car wants. A profile for it is for an operator to send, so it is `Processing`. @see OCPP 2.0.1 part 2, K15 */
export function notifyEVChargingNeeds(
  deps: Pick<HandlerDeps, 'chargingReports'>,
): Handler<Messages, 'NotifyEVChargingNeeds'> {
  return async (request, { thingName }) => {
    await takeFromEv(deps, 'ev-needs', { thingName, content: request });
    return { status: 'Processing' };
  };
}

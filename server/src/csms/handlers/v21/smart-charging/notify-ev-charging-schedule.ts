import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import { takeFromEv } from '../../../behaviour/charging-reports.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** How a car means to charge. @see OCPP 2.1 part 2, K15 to K17 */
export function notifyEVChargingSchedule(
  deps: Pick<HandlerDeps, 'chargingReports'>,
): Handler<Messages, 'NotifyEVChargingSchedule'> {
  return async (request, { thingName }) => {
    await takeFromEv(deps, 'ev-schedule', { thingName, content: request });
    return { status: 'Accepted' };
  };
}

import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import { takeReportedProfiles } from '../../../behaviour/charging-reports.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** A page of the profiles that it was asked for. @see OCPP 2.1 part 2, K09 */
export function reportChargingProfiles(
  deps: Pick<HandlerDeps, 'chargingProfiles'>,
): Handler<Messages, 'ReportChargingProfiles'> {
  return async (request, call) => {
    await takeReportedProfiles(deps, request, call);
    return {};
  };
}

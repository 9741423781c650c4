import { getChargingProfilesRequest } from '../behaviour/charging-profile-results.ts';
import type { IdTokenTypes } from '../behaviour/id-token-info.ts';
import { sendLocalList2 } from '../behaviour/local-list.ts';
import { newPassword2, passwordChange } from '../behaviour/new-password.ts';
import { requestStart } from '../behaviour/remote-start.ts';
import { reportRequest } from '../behaviour/report-requests.ts';
import { reserveNow2 } from '../behaviour/reserve-now.ts';
import { triggerMessage } from '../behaviour/trigger-message.ts';
import type { RequestDeps, RequestHandlers } from './request-handlers.ts';

/** What is done around our OCPP 2.0.1 and 2.1 CALLs. */
export function requests2(deps: RequestDeps, types: IdTokenTypes<string>): RequestHandlers {
  return {
    GetChargingProfiles: getChargingProfilesRequest(deps),
    GetBaseReport: reportRequest(deps),
    GetReport: reportRequest(deps),
    TriggerMessage: triggerMessage(deps),
    RequestStartTransaction: requestStart(deps),
    ReserveNow: reserveNow2(deps),
    SendLocalList: sendLocalList2(deps, types),
    SetVariables: passwordChange(deps.registry, newPassword2),
  };
}

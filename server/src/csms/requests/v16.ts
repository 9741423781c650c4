import { sendLocalList16 } from '../behaviour/local-list.ts';
import { newPassword16, passwordChange } from '../behaviour/new-password.ts';
import { reserveNow16 } from '../behaviour/reserve-now.ts';
import { triggerMessage } from '../behaviour/trigger-message.ts';
import type { RequestDeps, RequestHandlers } from './request-handlers.ts';

/** What is done around our OCPP 1.6 CALLs. */
export function requests16(deps: RequestDeps): RequestHandlers {
  return {
    ChangeConfiguration: passwordChange(deps.registry, newPassword16),
    ExtendedTriggerMessage: triggerMessage(deps),
    ReserveNow: reserveNow16(deps),
    SendLocalList: sendLocalList16(deps),
    TriggerMessage: triggerMessage(deps),
  };
}

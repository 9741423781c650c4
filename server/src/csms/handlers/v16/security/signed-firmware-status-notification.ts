import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import { takeJobStatus } from '../../../behaviour/job-status.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** How the signed firmware update goes. @see OCPP 1.6 security whitepaper ed. 2, L01 */
export function signedFirmwareStatusNotification(
  deps: Pick<HandlerDeps, 'jobs'>,
): Handler<Messages, 'SignedFirmwareStatusNotification'> {
  return (request, call) =>
    takeJobStatus(deps, request, { ...call, actions: ['SignedUpdateFirmware', 'UpdateFirmware'] });
}

import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import { takeJobStatus } from '../../../behaviour/job-status.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** How the firmware update goes; may come unasked. @see OCPP 1.6 §4.5 */
export function firmwareStatusNotification(
  deps: Pick<HandlerDeps, 'jobs'>,
): Handler<Messages, 'FirmwareStatusNotification'> {
  return (request, call) =>
    takeJobStatus(deps, request, { ...call, actions: ['UpdateFirmware', 'SignedUpdateFirmware'] });
}

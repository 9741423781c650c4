import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import { takeJobStatus } from '../../../behaviour/job-status.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** How a local controller publishes firmware to those behind it. @see OCPP 2.1 part 2, L03 */
export function publishFirmwareStatusNotification(
  deps: Pick<HandlerDeps, 'jobs'>,
): Handler<Messages, 'PublishFirmwareStatusNotification'> {
  return (request, call) => takeJobStatus(deps, request, { ...call, actions: ['PublishFirmware'] });
}

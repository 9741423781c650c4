import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import type { Handler } from '../../handler.ts';

/** How the firmware update goes; may come unasked. The live state is a fold over the log. @see OCPP 2.0.1 part 2, L01 */
export function firmwareStatusNotification(): Handler<Messages, 'FirmwareStatusNotification'> {
  return () => ({});
}

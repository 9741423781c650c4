import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import type { Handler } from '../../handler.ts';

/** How the firmware update goes; may come unasked. The live state is a fold over the log. @see OCPP 1.6 §4.5 */
export function firmwareStatusNotification(): Handler<Messages, 'FirmwareStatusNotification'> {
  return () => ({});
}

import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import type { Handler } from '../../handler.ts';

/** A connector's state: connector 0 is the charge point itself. The live state is a fold over the log. @see OCPP 1.6 §4.9 */
export function statusNotification(): Handler<Messages, 'StatusNotification'> {
  return () => ({});
}

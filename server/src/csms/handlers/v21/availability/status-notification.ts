import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import type { Handler } from '../../handler.ts';

/** A connector's state; EVSE 0 is the station itself. The live state is a fold over the log. @see OCPP 2.1 part 2, G01 */
export function statusNotification(): Handler<Messages, 'StatusNotification'> {
  return () => ({});
}

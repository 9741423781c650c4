import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import type { Handler } from '../../handler.ts';

/** Tells the time. @see OCPP 2.0.1 part 2, G02 */
export function heartbeat(): Handler<Messages, 'Heartbeat'> {
  return (_request, { now }) => ({ currentTime: new Date(now).toISOString() });
}

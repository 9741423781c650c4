import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import type { Handler } from '../../handler.ts';

/** Tells the time. @see OCPP 1.6 §4.6 */
export function heartbeat(): Handler<Messages, 'Heartbeat'> {
  return (_request, { now }) => ({ currentTime: new Date(now).toISOString() });
}

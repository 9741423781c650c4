import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import type { Handler } from '../../handler.ts';

/** Events of monitored variables, which the log keeps. @see OCPP 2.0.1 part 2, N07 */
export function notifyEvent(): Handler<Messages, 'NotifyEvent'> {
  return () => ({});
}

import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import type { Handler } from '../../handler.ts';

/** A security event, which the log keeps. @see OCPP 2.0.1 part 2, A04 */
export function securityEventNotification(): Handler<Messages, 'SecurityEventNotification'> {
  return () => ({});
}

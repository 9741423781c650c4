import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import type { Handler } from '../../handler.ts';

/** A security event, which the log keeps. @see OCPP 1.6 security whitepaper ed. 2, A04 */
export function securityEventNotification(): Handler<Messages, 'SecurityEventNotification'> {
  return () => ({});
}

import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import type { Handler } from '../../handler.ts';

/** How the log upload goes; may come unasked. @see OCPP 1.6 security whitepaper ed. 2, A.N.8 */
export function logStatusNotification(): Handler<Messages, 'LogStatusNotification'> {
  return () => ({});
}

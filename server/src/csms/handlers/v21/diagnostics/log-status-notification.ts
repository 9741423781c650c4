import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import type { Handler } from '../../handler.ts';

/** How the log upload goes; may come unasked. The live state is a fold over the log. @see OCPP 2.1 part 2, N01 */
export function logStatusNotification(): Handler<Messages, 'LogStatusNotification'> {
  return () => ({});
}

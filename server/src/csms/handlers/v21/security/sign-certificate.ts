import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import type { Handler } from '../../handler.ts';

/** A charge point wants its key signed. Nobody here signs certificates. @see OCPP 2.1 part 2, A02 */
export function signCertificate(): Handler<Messages, 'SignCertificate'> {
  return () => ({ status: 'Rejected' });
}

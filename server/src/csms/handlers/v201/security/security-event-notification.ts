import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import { takeSecurityEvent } from '../../../behaviour/security-event.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** A security event. @see OCPP 2.0.1 part 2, A04 */
export function securityEventNotification(
  deps: Pick<HandlerDeps, 'securityEvents'>,
): Handler<Messages, 'SecurityEventNotification'> {
  return (request, call) => takeSecurityEvent(deps, request, call);
}

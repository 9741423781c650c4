import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import { takeSecurityEvent } from '../../../behaviour/security-event.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** A security event. @see OCPP 1.6 security whitepaper ed. 2, A04 */
export function securityEventNotification(
  deps: Pick<HandlerDeps, 'securityEvents'>,
): Handler<Messages, 'SecurityEventNotification'> {
  return (request, call) => takeSecurityEvent(deps, request, call);
}

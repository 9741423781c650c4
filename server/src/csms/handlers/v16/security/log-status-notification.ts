import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import { takeJobStatus } from '../../../behaviour/job-status.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** How the log upload goes; may come unasked. @see OCPP 1.6 security whitepaper ed. 2, A.N.8 */
export function logStatusNotification(deps: Pick<HandlerDeps, 'jobs'>): Handler<Messages, 'LogStatusNotification'> {
  return (request, call) => takeJobStatus(deps, request, { ...call, actions: ['GetLog', 'GetDiagnostics'] });
}

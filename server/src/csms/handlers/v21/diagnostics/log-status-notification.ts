import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import { takeJobStatus } from '../../../behaviour/job-status.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** How the log upload goes; may come unasked. @see OCPP 2.1 part 2, N01 */
export function logStatusNotification(deps: Pick<HandlerDeps, 'jobs'>): Handler<Messages, 'LogStatusNotification'> {
  return (request, call) => takeJobStatus(deps, request, { ...call, actions: ['GetLog'] });
}

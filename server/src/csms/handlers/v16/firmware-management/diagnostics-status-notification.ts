import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import { takeJobStatus } from '../../../behaviour/job-status.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** How the diagnostics upload goes; may come unasked. @see OCPP 1.6 §4.4 */
export function diagnosticsStatusNotification(
  deps: Pick<HandlerDeps, 'jobs'>,
): Handler<Messages, 'DiagnosticsStatusNotification'> {
  return (request, call) => takeJobStatus(deps, request, { ...call, actions: ['GetDiagnostics', 'GetLog'] });
}

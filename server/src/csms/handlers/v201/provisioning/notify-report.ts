import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import { variablesOfReport } from '../../../behaviour/report.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** A part of a report of variables. @see OCPP 2.0.1 part 2, B07 */
export function notifyReport({
  variableReports,
}: Pick<HandlerDeps, 'variableReports'>): Handler<Messages, 'NotifyReport'> {
  return async ({ requestId, seqNo, tbc = false, reportData }, { thingName }) => {
    await variableReports.take(thingName, { requestId, seqNo, tbc, variables: variablesOfReport(reportData) });
    return {};
  };
}

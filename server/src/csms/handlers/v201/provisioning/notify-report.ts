import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import { variablesOfReport } from '../../../behaviour/report.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** A part of a report of variables. @see OCPP 2.0.1 part 2, B07 */
export function notifyReport({ variables }: Pick<HandlerDeps, 'variables'>): Handler<Messages, 'NotifyReport'> {
  return async ({ reportData }, { thingName }) => {
    await variables.put(thingName, variablesOfReport(reportData));
    return {};
  };
}

import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import { variablesOfEvents } from '../../../behaviour/report.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** Events of monitored variables: what these have become. @see OCPP 2.0.1 part 2, N07 */
export function notifyEvent({ variables }: Pick<HandlerDeps, 'variables'>): Handler<Messages, 'NotifyEvent'> {
  return async ({ eventData }, { thingName }) => {
    await variables.put(thingName, variablesOfEvents(eventData));
    return {};
  };
}

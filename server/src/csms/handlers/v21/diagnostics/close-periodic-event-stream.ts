import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** A stream of values ends; its last value stays. @see OCPP 2.1 part 2, N13 */
export function closePeriodicEventStream({
  eventStreams,
}: Pick<HandlerDeps, 'eventStreams'>): Handler<Messages, 'ClosePeriodicEventStream'> {
  return async ({ id }, { thingName }) => {
    await eventStreams.close(thingName, id);
    return {};
  };
}

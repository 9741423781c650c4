import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** A stream of values begins, as a monitor was set up to. @see OCPP 2.1 part 2, N11 */
export function openPeriodicEventStream({
  eventStreams,
}: Pick<HandlerDeps, 'eventStreams'>): Handler<Messages, 'OpenPeriodicEventStream'> {
  return async ({ constantStreamData: { id, variableMonitoringId, params } }, { thingName }) => {
    await eventStreams.open({ thingName, id, monitoringId: variableMonitoringId, ...pacingOf(params) });
    return { status: 'Accepted' };
  };
}

const pacingOf = ({ interval, values }: { interval?: number; values?: number }) => ({
  intervalSeconds: interval ?? null,
  maxValues: values ?? null,
});

import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import { possibleTime, timeOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { HandlerDeps, SendHandler } from '../../handler.ts';

/** Values of a stream, each so many seconds after the base time; the last one is kept. @see OCPP 2.1 part 2, N15 */
export function notifyPeriodicEventStream({
  eventStreams,
}: Pick<HandlerDeps, 'eventStreams'>): SendHandler<Messages, 'NotifyPeriodicEventStream'> {
  return async ({ id, pending, basetime, data }, { thingName, now }) => {
    const last = data.reduce((latest, value) => (value.t >= latest.t ? value : latest));
    const at = possibleTime(timeOf(basetime, now) + last.t * 1_000, now);
    await eventStreams.receive({ thingName, id, pending, count: data.length, at, value: last.v });
  };
}

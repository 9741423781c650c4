import { integerOf, listOf, membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { EventStreams, StreamFacts } from '../../charge-points/event-streams/event-streams.ts';
import type { CommandResult } from '../commands/create-command-service.ts';

type Result = Pick<CommandResult, 'thingName' | 'request' | 'response'>;

const pacingOf = (params: unknown) => {
  const { interval, values } = membersOf(params);
  return { intervalSeconds: integerOf(interval), maxValues: integerOf(values) };
};

/** @see OCPP 2.1 part 2, N14 */
export async function takeAdjusted(
  { eventStreams }: { eventStreams: Pick<EventStreams, 'adjust'> },
  { thingName, request, response }: Result,
): Promise<void> {
  const { id, params } = membersOf(request);
  const streamId = integerOf(id);
  if (membersOf(response).status !== 'Accepted' || streamId === null) return;
  await eventStreams.adjust(thingName, streamId, pacingOf(params));
}

/** The charge point lists what is open. @see OCPP 2.1 part 2, N12 */
export async function takeOpenStreams(
  { eventStreams }: { eventStreams: Pick<EventStreams, 'reconcile'> },
  { thingName, response }: Result,
): Promise<void> {
  const open = listOf(membersOf(response).constantStreamData).flatMap((entry): StreamFacts[] => {
    const { id, variableMonitoringId, params } = membersOf(entry);
    const streamId = integerOf(id);
    if (streamId === null) return [];
    return [{ id: streamId, monitoringId: integerOf(variableMonitoringId), ...pacingOf(params) }];
  });
  await eventStreams.reconcile(thingName, open);
}

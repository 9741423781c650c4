import type { OutsideReading } from '@cpo-console/shared/api/access.ts';
import { integerOf, membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { MessageLog } from '../../message-log/message-log.ts';
import { readMeterValues } from './meter-values.ts';

/** Messages that are looked at for one answer: a charge point may send nothing but readings of sessions. */
const MOST_MESSAGES = 1_000;

/**
 * What a meter said that belongs to no session by its own word: at rest, and the main meter. Newest first. It is kept where
 * everything is kept, in the log. @see OCPP 1.6 §4.7, OCPP 2.0.1 part 2, J01
 */
export async function readingsOutside(
  log: Pick<MessageLog, 'query'>,
  { thingName, limit }: { thingName: string; limit: number },
): Promise<OutsideReading[]> {
  const rows = await log.query({
    thingName,
    action: 'MeterValues',
    kind: 'call',
    direction: 'in',
    order: 'desc',
    limit: MOST_MESSAGES,
  });
  const readings: OutsideReading[] = [];
  for (const { frame, at } of rows) {
    const payload = membersOf((JSON.parse(frame) as unknown[])[3]);
    if (payload.transactionId !== undefined) continue;
    const place = { evseId: integerOf(payload.evseId), connectorId: integerOf(payload.connectorId) };
    const values = readMeterValues(payload.meterValue, at).toReversed();
    readings.push(...values.map((value) => ({ ...value, ...place })));
    if (readings.length >= limit) break;
  }
  return readings.slice(0, limit);
}

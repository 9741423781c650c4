import { currentReading } from './charging.ts';
import { DIALECT_2, meterValues, transactionEvent } from './dialect-v2.ts';
import { idleReading } from './meter.ts';
import type { Reply } from './rpc-link.ts';
import { type Call, chosenConnectors, result, type Station } from './station.ts';
import { asInteger, asPayload, asText, type Payload } from './wire-values.ts';

/** @see OCPP 2.0.1 part 2, F06 */
export function trigger(station: Station, { requestedMessage, evse }: Payload): Reply {
  if (requestedMessage === 'BootNotification') return result({ status: 'Accepted' }, () => station.sendBoot());
  const calls = triggered(station, asText(requestedMessage) ?? '', asInteger(asPayload(evse).id));
  if (calls === null) return result({ status: 'NotImplemented' });
  return result({ status: 'Accepted' }, () => {
    for (const call of calls) station.sendTriggered(call);
  });
}

function triggered(station: Station, message: string, evseId: number | undefined): Call[] | null {
  const chosen = chosenConnectors(station, evseId);
  switch (message) {
    case 'Heartbeat':
      return [{ action: message, payload: {} }];
    case 'FirmwareStatusNotification':
    case 'LogStatusNotification':
      return [{ action: message, payload: { status: 'Idle' } }];
    case 'StatusNotification':
      return chosen.map((connector) => DIALECT_2.status(station, connector));
    case 'MeterValues':
      return chosen.map(({ id, session, meterWh }) => {
        const reading = session === null ? idleReading(meterWh) : currentReading(station, session);
        return { action: message, payload: { evseId: id, meterValue: meterValues(station, reading, 'Trigger') } };
      });
    case 'TransactionEvent':
      return chosen.flatMap(({ session }) => {
        if (session === null || session.transactionId === null) return [];
        const meterValue = meterValues(station, currentReading(station, session), 'Trigger');
        const moment = {
          eventType: 'Updated',
          triggerReason: 'Trigger',
          info: { chargingState: 'Charging' },
          meterValue,
        };
        return [transactionEvent(station, session, moment)];
      });
    default:
      return null;
  }
}

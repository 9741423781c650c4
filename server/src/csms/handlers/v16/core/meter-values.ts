import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import { keepReadings } from '../../../behaviour/meter-readings.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** What a meter says, in a transaction or without one. @see OCPP 1.6 §4.7 */
export function meterValues(deps: Pick<HandlerDeps, 'transactions'>): Handler<Messages, 'MeterValues'> {
  return async ({ connectorId, transactionId, meterValue }, { thingName, now }) => {
    const readings = { thingName, evseId: null, connectorId, content: meterValue };
    await keepReadings(deps, readings, {
      transactionId: transactionId === undefined ? null : String(transactionId),
      now,
    });
    return {};
  };
}

import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import { keepReadings } from '../../../behaviour/meter-readings.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** What a meter says outside transactions, whose own readings come with TransactionEvent. @see OCPP 2.1 part 2, J01 */
export function meterValues(deps: Pick<HandlerDeps, 'transactions'>): Handler<Messages, 'MeterValues'> {
  return async ({ evseId, meterValue }, { thingName, now }) => {
    const readings = { thingName, evseId, connectorId: null, content: meterValue };
    await keepReadings(deps, readings, { transactionId: null, now });
    return {};
  };
}

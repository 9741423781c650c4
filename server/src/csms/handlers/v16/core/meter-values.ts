import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import { metered } from '../../../behaviour/meter-readings.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** What a meter says. Readings without a transaction are in the log and the live state. @see OCPP 1.6 §4.7 */
export function meterValues({ transactions }: Pick<HandlerDeps, 'transactions'>): Handler<Messages, 'MeterValues'> {
  return async ({ transactionId, meterValue }, { thingName, now }) => {
    const record = transactionId === undefined ? undefined : await transactions.find(thingName, String(transactionId));
    if (record === undefined) return {};
    const next = metered(record, meterValue, now);
    await transactions.save(record.active ? next : { ...next, powerW: null });
    return {};
  };
}

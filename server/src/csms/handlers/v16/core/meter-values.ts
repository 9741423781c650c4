import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import { metered } from '../../../behaviour/meter-readings.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/**
 * What a meter says. Readings that name no transaction belong to the one on their connector: many charge points leave the id
 * out. Those outside of any are in the log. @see OCPP 1.6 §4.7
 */
export function meterValues({ transactions }: Pick<HandlerDeps, 'transactions'>): Handler<Messages, 'MeterValues'> {
  return async ({ connectorId, transactionId, meterValue }, { thingName, now }) => {
    const record =
      transactionId === undefined
        ? transactions.activeAt(thingName, null, connectorId)
        : await transactions.find(thingName, String(transactionId));
    if (record === undefined) return {};
    const next = metered(record, meterValue, now);
    await transactions.save(record.active ? next : { ...next, powerW: null });
    return {};
  };
}

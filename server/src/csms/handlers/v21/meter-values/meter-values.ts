import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import type { Handler } from '../../handler.ts';

/**
 * What a meter says outside transactions, whose own readings come with TransactionEvent: it is in the log and the live
 * state. @see OCPP 2.1 part 2, J01
 */
export function meterValues(): Handler<Messages, 'MeterValues'> {
  return () => ({});
}

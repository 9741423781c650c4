import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import { answerDataTransfer } from '../../../behaviour/data-transfer.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** Data outside of the specification. @see OCPP 2.0.1 part 2, P02 */
export function dataTransfer({
  vendorMessages,
}: Pick<HandlerDeps, 'vendorMessages'>): Handler<Messages, 'DataTransfer'> {
  // Data may be any JSON; the type knows objects only.
  return async (request, call) =>
    (await answerDataTransfer(vendorMessages, request, call)) as Messages['DataTransfer']['response'];
}

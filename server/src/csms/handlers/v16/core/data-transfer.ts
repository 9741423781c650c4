import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import { answerDataTransfer } from '../../../behaviour/data-transfer.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** Data outside of the specification; here it is text. @see OCPP 1.6 §4.3 */
export function dataTransfer({
  vendorMessages,
}: Pick<HandlerDeps, 'vendorMessages'>): Handler<Messages, 'DataTransfer'> {
  return async (request, call) => {
    const { status, data } = await answerDataTransfer(vendorMessages, request, call);
    if (data === undefined) return { status };
    return { status, data: typeof data === 'string' ? data : JSON.stringify(data) };
  };
}

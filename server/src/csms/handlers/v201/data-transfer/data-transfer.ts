import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import type { Handler } from '../../handler.ts';

/** No vendor's data means anything to us. @see OCPP 2.0.1 part 2, P02 */
export function dataTransfer(): Handler<Messages, 'DataTransfer'> {
  return () => ({ status: 'UnknownVendorId' });
}

import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import type { Handler } from '../../handler.ts';

/** No vendor's data means anything to us. @see OCPP 1.6 §4.3 */
export function dataTransfer(): Handler<Messages, 'DataTransfer'> {
  return () => ({ status: 'UnknownVendorId' });
}

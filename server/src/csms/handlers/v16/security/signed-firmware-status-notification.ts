import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import type { Handler } from '../../handler.ts';

/** How the signed firmware update goes. @see OCPP 1.6 security whitepaper ed. 2, L01 */
export function signedFirmwareStatusNotification(): Handler<Messages, 'SignedFirmwareStatusNotification'> {
  return () => ({});
}

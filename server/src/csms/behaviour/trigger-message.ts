import { membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Records } from '../../charge-points/records.ts';
import type { RequestHandler } from '../requests/request-handlers.ts';

/** Messages that come under another name than they are asked for by. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['SignChargePointCertificate', 'SignCertificate'],
  ['SignChargingStationCertificate', 'SignCertificate'],
  ['SignV2GCertificate', 'SignCertificate'],
  ['SignV2G20Certificate', 'SignCertificate'],
  ['SignCombinedCertificate', 'SignCertificate'],
]);

/** A charge point that is not accepted yet may send what it is asked for. @see OCPP 2.0.1 part 2, B02.FR.09, OCPP 1.6 §4.2 */
export function triggerMessage({ boots }: Pick<Records, 'boots'>): RequestHandler {
  return {
    async sending({ thingName, payload }) {
      const message = textOf(membersOf(payload).requestedMessage) ?? '';
      boots.asked(thingName, ACTIONS.get(message) ?? message);
    },
  };
}

import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import { answerBoot, type BootDeps } from '../../../behaviour/boot.ts';
import type { Handler } from '../../handler.ts';

/** A charge point announces itself. Its shadow tells it in the words of 2.x, which alone has a reason. @see OCPP 1.6 §4.2 */
export function bootNotification(deps: BootDeps): Handler<Messages, 'BootNotification'> {
  return (request, call) => {
    const chargingStation = {
      vendorName: request.chargePointVendor,
      model: request.chargePointModel,
      serialNumber: request.chargePointSerialNumber ?? request.chargeBoxSerialNumber ?? null,
      firmwareVersion: request.firmwareVersion ?? null,
      modem:
        request.iccid === undefined && request.imsi === undefined
          ? null
          : { iccid: request.iccid ?? null, imsi: request.imsi ?? null },
    };
    return answerBoot(deps, call, { chargingStation, reason: null });
  };
}

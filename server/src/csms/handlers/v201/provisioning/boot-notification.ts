import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import { answerBoot, type BootDeps } from '../../../behaviour/boot.ts';
import type { Handler } from '../../handler.ts';

/** A charging station announces itself. @see OCPP 2.0.1 part 2, B01 */
export function bootNotification(deps: BootDeps): Handler<Messages, 'BootNotification'> {
  return ({ chargingStation, reason }, call) =>
    answerBoot(deps, call, { chargingStation: { ...chargingStation }, reason });
}

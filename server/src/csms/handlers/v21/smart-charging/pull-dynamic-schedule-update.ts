import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import { currentSchedule } from '../../../behaviour/dynamic-schedule.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** A charging station asks what its dynamic profile says now. @see OCPP 2.1 part 2, K28 */
export function pullDynamicScheduleUpdate(
  deps: Pick<HandlerDeps, 'chargingProfiles'>,
): Handler<Messages, 'PullDynamicScheduleUpdate'> {
  return async ({ chargingProfileId }, { thingName }) => {
    const scheduleUpdate = await currentSchedule(deps, thingName, chargingProfileId);
    return scheduleUpdate === null ? { status: 'Rejected' } : { status: 'Accepted', scheduleUpdate };
  };
}

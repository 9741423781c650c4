import { integerOf, listOf, type Members, membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { ChargingProfiles } from '../../charge-points/charging-profiles/charging-profiles.ts';
import type { CommandResult } from '../commands/create-command-service.ts';

type Deps = { chargingProfiles: Pick<ChargingProfiles, 'get' | 'revise'> };

/** What an update of a dynamic schedule may change. @see OCPP 2.1 part 2, ChargingScheduleUpdateType */
const UPDATABLE = ['limit', 'dischargeLimit', 'setpoint', 'setpointReactive'].flatMap((name) => [
  name,
  `${name}_L2`,
  `${name}_L3`,
]);

/** Accepted: the one period of the profile is as we said. @see OCPP 2.1 part 2, K28 */
export async function takeDynamicUpdate(
  { chargingProfiles }: Deps,
  { thingName, request, response }: CommandResult,
): Promise<void> {
  const { chargingProfileId, scheduleUpdate } = membersOf(request);
  const profileId = integerOf(chargingProfileId);
  if (profileId === null || membersOf(response).status !== 'Accepted') return;
  const known = await chargingProfiles.get(thingName, profileId);
  if (known === null) return;
  const { schedule, period, ...others } = partsOf(known.profile);
  const chargingSchedulePeriod = [{ ...period, ...updatesIn(membersOf(scheduleUpdate)) }, ...others.laterPeriods];
  const chargingSchedule = [{ ...schedule, chargingSchedulePeriod }, ...others.otherSchedules];
  await chargingProfiles.revise(thingName, profileId, { ...known.profile, chargingSchedule });
}

/** What its one period says now; null for a profile that is not known or not dynamic. @see OCPP 2.1 part 2, K28 */
export async function currentSchedule(
  { chargingProfiles }: Deps,
  thingName: string,
  profileId: number,
): Promise<Record<string, number> | null> {
  const known = await chargingProfiles.get(thingName, profileId);
  return known?.kind === 'Dynamic' ? updatesIn(partsOf(known.profile).period) : null;
}

function partsOf(profile: Members) {
  const [schedule, ...otherSchedules] = listOf(profile.chargingSchedule);
  const [period, ...laterPeriods] = listOf(membersOf(schedule).chargingSchedulePeriod);
  return { schedule: membersOf(schedule), period: membersOf(period), otherSchedules, laterPeriods };
}

function updatesIn(members: Members): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name of UPDATABLE) {
    const value = members[name];
    if (typeof value === 'number') found[name] = value;
  }
  return found;
}

import { listOf, type Members, membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import { toOffset } from './profile-fields.ts';

/** A schedule as on the wire: `0:00 16 A → 2:30 10 A`. What OCPP 2.1 says beside a limit, or instead, is told in its words. */
export function scheduleWords(schedule: unknown, most = Number.POSITIVE_INFINITY): string {
  const { chargingRateUnit, chargingSchedulePeriod } = membersOf(schedule);
  const periods = listOf(chargingSchedulePeriod).map(membersOf);
  const words = periods.slice(0, most).map((period) => periodWords(period, String(chargingRateUnit ?? '')));
  return [...words, ...(periods.length > most ? ['…'] : [])].join(' → ');
}

/** `numberPhases` and what only tells the charge point how to get there are left to the frame. */
const TOLD = /^(operationMode|(setpoint|setpointReactive|dischargeLimit)(_L[23])?|limit_L[23])$/;

function periodWords(period: Members, unit: string): string {
  const { startPeriod, limit } = period;
  const others = Object.entries(period).flatMap(([name, value]) => (TOLD.test(name) ? `${name} ${String(value)}` : []));
  return [
    toOffset(Number(startPeriod ?? 0)),
    ...(limit === undefined ? [] : [`${String(limit)} ${unit}`]),
    ...others,
  ].join(' ');
}

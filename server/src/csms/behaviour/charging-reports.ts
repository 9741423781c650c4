import { integerOf, listOf, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { ChargingProfiles } from '../../charge-points/charging-profiles/charging-profiles.ts';
import type { ChargingReports } from '../../charge-points/charging-reports/charging-reports.ts';
import type { CommandResult } from '../commands/create-command-service.ts';
import type { Call } from '../handlers/handler.ts';

interface Deps {
  chargingProfiles: ChargingProfiles;
  chargingReports: ChargingReports;
}

/** A page of what was asked for by GetChargingProfiles. @see OCPP 2.0.1 part 2, K09 */
export async function takeReportedProfiles(
  { chargingProfiles }: Pick<Deps, 'chargingProfiles'>,
  report: { requestId: number; chargingLimitSource: string; evseId: number; chargingProfile: unknown; tbc?: boolean },
  { thingName, version }: Call,
): Promise<void> {
  for (const entry of listOf(report.chargingProfile)) {
    const profile = membersOf(entry);
    await chargingProfiles.report({
      thingName,
      protocol: version,
      place: report.evseId,
      profile,
      transactionId: textOf(profile.transactionId),
      awaits: null,
      source: 'reported',
      limitSource: report.chargingLimitSource,
      installedBy: null,
    });
  }
  if (report.tbc !== true) await chargingProfiles.reportEnded(thingName, report.requestId);
}

/** Somebody else limits what it may take. Without an EVSE, the station. @see OCPP 2.0.1 part 2, K12 */
export async function takeChargingLimit(
  { chargingReports }: Pick<Deps, 'chargingReports'>,
  notice: { evseId?: number; chargingLimit: { chargingLimitSource: string } },
  { thingName }: Call,
): Promise<void> {
  const source = notice.chargingLimit.chargingLimitSource;
  await chargingReports.put({ thingName, kind: 'limit', place: notice.evseId ?? 0, source, content: notice });
}

/** @see OCPP 2.0.1 part 2, K13 */
export async function takeClearedLimit(
  { chargingReports }: Pick<Deps, 'chargingReports'>,
  { evseId, chargingLimitSource: source }: { evseId?: number; chargingLimitSource: string },
  { thingName }: Call,
): Promise<void> {
  await chargingReports.remove({ thingName, kind: 'limit', source, ...(evseId !== undefined && { place: evseId }) });
}

/** What a car wants, or how it will charge: the last thing that it said. @see OCPP 2.0.1 part 2, K15 to K17 */
export async function takeFromEv(
  { chargingReports }: Pick<Deps, 'chargingReports'>,
  kind: 'ev-needs' | 'ev-schedule',
  { thingName, content }: { thingName: string; content: { evseId: number } },
): Promise<void> {
  await chargingReports.put({ thingName, kind, place: content.evseId, content });
}

/** What limits hold over the next while, as the charge point reckons. @see OCPP 1.6 §5.7 */
export async function takeCompositeSchedule16({ chargingReports }: Deps, { thingName, response }: CommandResult) {
  const { status, ...content } = membersOf(response);
  if (status !== 'Accepted' || content.chargingSchedule === undefined) return;
  const place = integerOf(content.connectorId) ?? 0;
  await chargingReports.put({ thingName, kind: 'composite-schedule', place, content });
}

/** @see OCPP 2.0.1 part 2, K08 */
export async function takeCompositeSchedule2({ chargingReports }: Deps, { thingName, response }: CommandResult) {
  const { status, schedule } = membersOf(response);
  if (status !== 'Accepted' || schedule === undefined) return;
  const place = integerOf(membersOf(schedule).evseId) ?? 0;
  await chargingReports.put({ thingName, kind: 'composite-schedule', place, content: schedule });
}

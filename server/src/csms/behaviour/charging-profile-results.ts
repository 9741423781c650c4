import { integerOf, listOf, type Members, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { ChargingProfiles, ProfileCriteria } from '../../charge-points/charging-profiles/charging-profiles.ts';
import type { ProfileRecord } from '../../charge-points/charging-profiles/profile-record.ts';
import type { Transactions } from '../../charge-points/transactions/transactions.ts';
import type { CommandResult } from '../commands/create-command-service.ts';
import type { RequestHandler } from '../requests/request-handlers.ts';
import { remoteStartKey } from './charging-session.ts';

interface Deps {
  chargingProfiles: ChargingProfiles;
  transactions: Pick<Transactions, 'activeAt' | 'find'>;
}

const isAccepted = ({ response }: CommandResult): boolean => membersOf(response).status === 'Accepted';

/** @see OCPP 1.6 §5.16 */
export async function takeSetChargingProfile16({ chargingProfiles, transactions }: Deps, result: CommandResult) {
  const { connectorId, csChargingProfiles } = membersOf(result.request);
  const place = integerOf(connectorId) ?? 0;
  const profile = membersOf(csChargingProfiles);
  const given = integerOf(profile.transactionId);
  // Without an id it is for the session that runs there.
  const isTx = profile.chargingProfilePurpose === 'TxProfile';
  const running = isTx ? transactions.activeAt(result.thingName, null, place)?.transactionId : undefined;
  const transactionId = given === null ? (running ?? null) : String(given);
  await installAccepted({ chargingProfiles, transactions }, result, { place, profile, transactionId });
}

/** @see OCPP 2.0.1 part 2, K01 */
export async function takeSetChargingProfile2(deps: Deps, result: CommandResult) {
  const { evseId, chargingProfile } = membersOf(result.request);
  const profile = membersOf(chargingProfile);
  const transactionId = textOf(profile.transactionId);
  await installAccepted(deps, result, { place: integerOf(evseId) ?? 0, profile, transactionId });
}

async function installAccepted(
  { chargingProfiles, transactions }: Deps,
  result: CommandResult,
  facts: Pick<ProfileRecord, 'place' | 'profile' | 'transactionId'>,
): Promise<void> {
  if (!isAccepted(result)) return;
  const { thingName } = result;
  const session = facts.transactionId === null ? undefined : await transactions.find(thingName, facts.transactionId);
  // It ended while the answer was under way, and the profile with it.
  if (session?.active === false) return;
  await chargingProfiles.install({ ...recordOf(result), ...facts, awaits: null });
}

/** The profile that is for the session asked for. @see OCPP 1.6 §5.16.2 */
export async function takeRemoteStart16({ chargingProfiles }: Deps, result: CommandResult) {
  const { connectorId, idTag, chargingProfile } = membersOf(result.request);
  if (!isAccepted(result) || chargingProfile === undefined) return;
  await chargingProfiles.install({
    ...recordOf(result),
    place: integerOf(connectorId),
    profile: membersOf(chargingProfile),
    transactionId: null,
    awaits: remoteStartKey.of16(String(idTag)),
    source: 'remote-start',
  });
}

/** @see OCPP 2.0.1 part 2, K05 */
export async function takeRequestStart2({ chargingProfiles, transactions }: Deps, result: CommandResult) {
  const { evseId, remoteStartId, chargingProfile } = membersOf(result.request);
  if (!isAccepted(result) || chargingProfile === undefined) return;
  // Where a session was waiting for its authorization, the answer tells it.
  const transactionId = textOf(membersOf(result.response).transactionId);
  const session = transactionId === null ? undefined : await transactions.find(result.thingName, transactionId);
  await chargingProfiles.install({
    ...recordOf(result),
    place: integerOf(evseId) ?? session?.evseId ?? null,
    profile: membersOf(chargingProfile),
    transactionId,
    awaits: transactionId === null ? remoteStartKey.of2(Number(remoteStartId)) : null,
    source: 'remote-start',
  });
}

const recordOf = ({ thingName, version, sentBy }: CommandResult) =>
  ({ thingName, protocol: version, source: 'set', limitSource: null, installedBy: sentBy }) as const;

/** Unknown says that there was none: then we were wrong to believe in one. @see OCPP 1.6 §5.5 */
export async function takeClearChargingProfile16({ chargingProfiles }: Deps, { thingName, ...result }: CommandResult) {
  const { id, connectorId, chargingProfilePurpose, stackLevel } = membersOf(result.request);
  if (!isCleared(result.response)) return;
  await chargingProfiles.remove(thingName, criteriaOf({ id, place: connectorId, chargingProfilePurpose, stackLevel }));
}

/** @see OCPP 2.0.1 part 2, K10 */
export async function takeClearChargingProfile2({ chargingProfiles }: Deps, { thingName, ...result }: CommandResult) {
  const { chargingProfileId, chargingProfileCriteria } = membersOf(result.request);
  const { evseId, chargingProfilePurpose, stackLevel } = membersOf(chargingProfileCriteria);
  if (!isCleared(result.response)) return;
  await chargingProfiles.remove(
    thingName,
    criteriaOf({ id: chargingProfileId, place: evseId, chargingProfilePurpose, stackLevel }),
  );
}

const isCleared = (response: unknown): boolean => ['Accepted', 'Unknown'].includes(String(membersOf(response).status));

/** The report may come before its announcement is taken in. @see OCPP 2.0.1 part 2, K09 */
export function getChargingProfilesRequest({ chargingProfiles }: Pick<Deps, 'chargingProfiles'>): RequestHandler {
  return {
    async sending({ thingName, payload }) {
      const { requestId, evseId, chargingProfile } = membersOf(payload);
      const { chargingProfileId, chargingLimitSource, ...wanted } = membersOf(chargingProfile);
      const ids = listOf(chargingProfileId).flatMap((each) => integerOf(each) ?? []);
      const sources = listOf(chargingLimitSource).flatMap((each) => textOf(each) ?? []);
      chargingProfiles.expectReport(thingName, integerOf(requestId) ?? 0, {
        ...criteriaOf({ ...wanted, place: evseId }),
        ...(ids.length > 0 && { profileIds: ids }),
        ...(sources.length > 0 && { limitSources: sources }),
      });
    },
    unanswered: async ({ thingName }) => chargingProfiles.forgetReport(thingName),
  };
}

/** @see OCPP 2.0.1 part 2, K09 */
export async function takeGetChargingProfiles(
  { chargingProfiles }: Deps,
  { thingName, request, response }: CommandResult,
) {
  const { status } = membersOf(response);
  if (status === 'Accepted') return;
  const requestId = integerOf(membersOf(request).requestId) ?? 0;
  if (status === 'NoProfiles') await chargingProfiles.reportEnded(thingName, requestId);
  else chargingProfiles.forgetReport(thingName);
}

function criteriaOf(given: Members): ProfileCriteria {
  const id = integerOf(given.id);
  const place = integerOf(given.place);
  const purpose = textOf(given.chargingProfilePurpose);
  const stackLevel = integerOf(given.stackLevel);
  return {
    ...(id !== null && { profileIds: [id] }),
    ...(place !== null && { place }),
    ...(purpose !== null && { purpose }),
    ...(stackLevel !== null && { stackLevel }),
  };
}

import {
  cancelReservation,
  reserve,
  setOperative,
  startSession,
  stopSession,
  updateLocalList,
} from './connector-commands.ts';
import { getLog, publishFirmware, updateFirmware } from './firmware-and-logs.ts';
import { baseReport, customReport } from './reports-v2.ts';
import type { Reply } from './rpc-link.ts';
import { clearProfiles, profilesWith, schedulePeriods, setProfile } from './smart-charging.ts';
import { type Command, chosenConnectors, result, type Station, sessionOf, timestamp } from './station.ts';
import { trigger } from './trigger-v2.ts';
import { getVariables, setVariables } from './variables-v2.ts';
import { asInteger, asList, asPayload, asText, type Payload } from './wire-values.ts';

const accepted: Command = () => result({ status: 'Accepted' });
const nothingFound: Command = () => result({ status: 'NotFound' });

/** What a CSMS may ask a 2.0.1 or 2.1 charging station. */
export const COMMANDS_2: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['AFRRSignal', accepted],
  ['CancelReservation', cancelReservation],
  ['CertificateSigned', accepted],
  ['ChangeAvailability', changeAvailability],
  ['ClearCache', accepted],
  ['ClearChargingProfile', clearChargingProfile],
  ['ClearDisplayMessage', () => result({ status: 'Unknown' })],
  ['ClearVariableMonitoring', clearMonitoring],
  ['CostUpdated', () => result({})],
  ['CustomerInformation', customerInformation],
  ['DataTransfer', accepted],
  ['DeleteCertificate', nothingFound],
  ['GetBaseReport', baseReport],
  ['GetChargingProfiles', getChargingProfiles],
  ['GetCompositeSchedule', compositeSchedule],
  ['GetDisplayMessages', () => result({ status: 'Unknown' })],
  ['GetInstalledCertificateIds', nothingFound],
  ['GetLocalListVersion', ({ localList }) => result({ versionNumber: localList.version })],
  ['GetLog', getLog],
  ['GetMonitoringReport', () => result({ status: 'EmptyResultSet' })],
  ['GetReport', customReport],
  ['GetTransactionStatus', transactionStatus],
  ['GetVariables', getVariables],
  ['InstallCertificate', accepted],
  ['NotifyAllowedEnergyTransfer', accepted],
  ['NotifyWebPaymentStarted', () => result({})],
  ['PublishFirmware', publishFirmware],
  ['RequestStartTransaction', requestStart],
  ['RequestStopTransaction', (station, { transactionId }) => stopSession(station, transactionId)],
  ['ReserveNow', reserveNow],
  ['Reset', reset],
  ['SendLocalList', sendLocalList],
  ['SetChargingProfile', setChargingProfile],
  ['SetDisplayMessage', accepted],
  ['SetMonitoringBase', accepted],
  ['SetMonitoringLevel', accepted],
  ['SetNetworkProfile', accepted],
  ['SetVariableMonitoring', setMonitoring],
  ['SetVariables', setVariables],
  ['TriggerMessage', trigger],
  ['UnlockConnector', unlock],
  ['UnpublishFirmware', () => result({ status: 'Unpublished' })],
  ['UpdateDynamicSchedule', accepted],
  ['UpdateFirmware', updateFirmware('FirmwareStatusNotification')],
  ['UsePriorityCharging', accepted],
]);

/** @see OCPP 2.0.1 part 2, B11-B12 */
function reset(station: Station, { type, evseId }: Payload): Reply {
  const chosen = chosenConnectors(station, asInteger(evseId));
  const sessions = chosen.flatMap(({ session }) => session ?? []);
  const waits = type === 'OnIdle' && sessions.length > 0;
  return result({ status: waits ? 'Scheduled' : 'Accepted' }, () => {
    if (!waits) for (const session of sessions) session.end('ImmediateReset');
    void Promise.all(sessions.map(({ ended }) => ended)).then(() => {
      if (evseId === undefined) station.restart();
      else for (const connector of chosen) station.notifyStatus(connector);
    });
  });
}

function requestStart(station: Station, { evseId, idToken, remoteStartId, chargingProfile }: Payload): Reply {
  const token = asPayload(idToken);
  const startId = asInteger(remoteStartId);
  return startSession(station, asInteger(evseId), {
    idToken: asText(token.idToken) ?? '',
    tokenType: asText(token.type) ?? 'Central',
    profile: chargingProfile,
    ...(startId === undefined ? {} : { remoteStartId: startId }),
  });
}

function transactionStatus(station: Station, { transactionId }: Payload): Reply {
  if (transactionId === undefined) return result({ messagesInQueue: false });
  return result({ ongoingIndicator: sessionOf(station, String(transactionId)) !== null, messagesInQueue: false });
}

function unlock(station: Station, { evseId }: Payload): Reply {
  const connector = station.connectors.get(asInteger(evseId) ?? 0);
  if (connector === undefined) return result({ status: 'UnknownConnector' });
  return result({ status: connector.session === null ? 'Unlocked' : 'OngoingAuthorizedTransaction' });
}

function changeAvailability(station: Station, { evse, operationalStatus }: Payload): Reply {
  const chosen = chosenConnectors(station, asInteger(asPayload(evse).id));
  return setOperative(station, chosen, operationalStatus !== 'Inoperative');
}

function reserveNow(station: Station, payload: Payload): Reply {
  return reserve(station, {
    connectorId: asInteger(payload.evseId),
    reservationId: asInteger(payload.id),
    idToken: asText(asPayload(payload.idToken).idToken) ?? '',
    until: asText(payload.expiryDateTime),
  });
}

function sendLocalList(station: Station, { versionNumber, updateType }: Payload): Reply {
  return updateLocalList(station, asInteger(versionNumber) ?? 0, updateType);
}

function setChargingProfile(station: Station, { evseId, chargingProfile }: Payload): Reply {
  return setProfile(station, asInteger(evseId) ?? 0, asPayload(chargingProfile));
}

function clearChargingProfile(station: Station, { chargingProfileId: id, chargingProfileCriteria }: Payload): Reply {
  const { customData: _none, ...criteria } = asPayload(chargingProfileCriteria);
  return clearProfiles(station, { ...criteria, id });
}

/** @see OCPP 2.0.1 part 2, K09 */
function getChargingProfiles(station: Station, { requestId, evseId, chargingProfile }: Payload): Reply {
  const { chargingProfileId, chargingLimitSource, chargingProfilePurpose, stackLevel } = asPayload(chargingProfile);
  const isOurs = !Array.isArray(chargingLimitSource) || chargingLimitSource.includes('CSO');
  const found = isOurs ? profilesWith(station, { evseId, chargingProfilePurpose, stackLevel }) : [];
  const asked = found.filter(([id]) => !Array.isArray(chargingProfileId) || chargingProfileId.includes(id));
  if (asked.length === 0) return result({ status: 'NoProfiles' });
  return result({ status: 'Accepted' }, () => {
    asked.forEach(([, { evseId: place, profile }], index) => {
      const tbc = index < asked.length - 1;
      const payload = { requestId, chargingLimitSource: 'CSO', evseId: place, chargingProfile: [profile], tbc };
      station.notify({ action: 'ReportChargingProfiles', payload });
    });
  });
}

function compositeSchedule(station: Station, { evseId, duration, chargingRateUnit }: Payload): Reply {
  const unit = chargingRateUnit === 'W' ? 'W' : 'A';
  const place = asInteger(evseId) ?? 0;
  const seconds = asInteger(duration) ?? 0;
  const schedule = {
    evseId: place,
    duration: seconds,
    scheduleStart: timestamp(station),
    chargingRateUnit: unit,
    chargingSchedulePeriod: schedulePeriods(station, { place, seconds, unit }),
  };
  return result({ status: 'Accepted', schedule });
}

function setMonitoring(_station: Station, { setMonitoringData }: Payload): Reply {
  const setMonitoringResult = asList(setMonitoringData).map(({ type, severity, component, variable }) => ({
    status: 'Rejected',
    type,
    severity,
    component,
    variable,
  }));
  return result({ setMonitoringResult });
}

function clearMonitoring(_station: Station, { id }: Payload): Reply {
  const ids = Array.isArray(id) ? id : [];
  return result({ clearMonitoringResult: ids.map((one) => ({ status: 'NotFound', id: one })) });
}

function customerInformation(station: Station, { requestId, report: wanted }: Payload): Reply {
  return result({ status: 'Accepted' }, () => {
    if (wanted !== true) return;
    const payload = { data: 'Nothing stored.', tbc: false, seqNo: 0, generatedAt: timestamp(station), requestId };
    station.notify({ action: 'NotifyCustomerInformation', payload });
  });
}

import {
  cancelReservation,
  reserve,
  setOperative,
  startSession,
  stopSession,
  updateLocalList,
} from './connector-commands.ts';
import { getLog, updateFirmware } from './firmware-and-logs.ts';
import { baseReport, customReport } from './reports-v2.ts';
import type { Reply } from './rpc-link.ts';
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

function requestStart(station: Station, { evseId, idToken, remoteStartId }: Payload): Reply {
  const token = asPayload(idToken);
  const startId = asInteger(remoteStartId);
  return startSession(station, asInteger(evseId), {
    idToken: asText(token.idToken) ?? '',
    tokenType: asText(token.type) ?? 'Central',
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

function reserveNow(station: Station, { id, evseId }: Payload): Reply {
  return reserve(station, asInteger(evseId), asInteger(id));
}

function sendLocalList(station: Station, { versionNumber, updateType }: Payload): Reply {
  return updateLocalList(station, asInteger(versionNumber) ?? 0, updateType);
}

function setChargingProfile({ chargingProfiles }: Station, { evseId, chargingProfile }: Payload): Reply {
  const profile = asPayload(chargingProfile);
  const id = asInteger(profile.id);
  if (id !== undefined) chargingProfiles.set(id, { evseId: asInteger(evseId) ?? 0, profile });
  return result({ status: 'Accepted' });
}

function clearChargingProfile({ chargingProfiles }: Station, payload: Payload): Reply {
  const { chargingProfileId } = payload;
  const { evseId } = asPayload(payload.chargingProfileCriteria);
  let cleared = 0;
  for (const [id, stored] of chargingProfiles) {
    if (chargingProfileId !== undefined && id !== chargingProfileId) continue;
    if (evseId !== undefined && stored.evseId !== evseId) continue;
    chargingProfiles.delete(id);
    cleared++;
  }
  return result({ status: cleared > 0 ? 'Accepted' : 'Unknown' });
}

function getChargingProfiles(station: Station, { requestId, evseId }: Payload): Reply {
  const found = [...station.chargingProfiles.values()].filter((one) => evseId === undefined || one.evseId === evseId);
  if (found.length === 0) return result({ status: 'NoProfiles' });
  return result({ status: 'Accepted' }, () => {
    found.forEach(({ evseId: id, profile }, index) => {
      const tbc = index < found.length - 1;
      const payload = { requestId, chargingLimitSource: 'CSO', evseId: id, chargingProfile: [profile], tbc };
      station.notify({ action: 'ReportChargingProfiles', payload });
    });
  });
}

function compositeSchedule(station: Station, { evseId, duration, chargingRateUnit }: Payload): Reply {
  const unit = chargingRateUnit === 'W' ? 'W' : 'A';
  const schedule = {
    evseId: asInteger(evseId) ?? 0,
    duration: asInteger(duration) ?? 0,
    scheduleStart: timestamp(station),
    chargingRateUnit: unit,
    chargingSchedulePeriod: [{ startPeriod: 0, limit: unit === 'W' ? 11_040 : 16 }],
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

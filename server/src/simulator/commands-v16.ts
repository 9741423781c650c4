import { currentReading } from './charging.ts';
import type { ChangeOutcome } from './configuration.ts';
import {
  cancelReservation,
  reserve,
  setOperative,
  startSession,
  stopSession,
  updateLocalList,
} from './connector-commands.ts';
import { DIALECT_16, sampledValues } from './dialect-v16.ts';
import { getDiagnostics, getLog, updateFirmware, updateFirmware16 } from './firmware-and-logs.ts';
import { readingAfter } from './meter.ts';
import type { Reply } from './rpc-link.ts';
import { type Call, type Command, chosenConnectors, result, type Station, timestamp } from './station.ts';
import { asInteger, asPayload, asText, type Payload } from './wire-values.ts';

const accepted: Command = () => result({ status: 'Accepted' });

/** What a CSMS may ask a 1.6 charge point, the security extension included. */
export const COMMANDS_16: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['CancelReservation', cancelReservation],
  ['CertificateSigned', accepted],
  ['ChangeAvailability', changeAvailability],
  ['ChangeConfiguration', changeConfiguration],
  ['ClearCache', accepted],
  ['ClearChargingProfile', clearChargingProfile],
  ['DataTransfer', accepted],
  ['DeleteCertificate', () => result({ status: 'NotFound' })],
  ['ExtendedTriggerMessage', trigger],
  ['GetCompositeSchedule', compositeSchedule],
  ['GetConfiguration', getConfiguration],
  ['GetDiagnostics', getDiagnostics],
  ['GetInstalledCertificateIds', () => result({ status: 'NotFound' })],
  ['GetLocalListVersion', ({ localList }) => result({ listVersion: localList.version })],
  ['GetLog', getLog],
  ['InstallCertificate', accepted],
  ['RemoteStartTransaction', remoteStart],
  ['RemoteStopTransaction', (station, { transactionId }) => stopSession(station, transactionId)],
  ['ReserveNow', reserveNow],
  ['Reset', reset],
  ['SendLocalList', sendLocalList],
  ['SetChargingProfile', setChargingProfile],
  ['SignedUpdateFirmware', updateFirmware('SignedFirmwareStatusNotification')],
  ['TriggerMessage', trigger],
  ['UnlockConnector', unlock],
  ['UpdateFirmware', updateFirmware16],
]);

function reset(station: Station, { type }: Payload): Reply {
  return result({ status: 'Accepted' }, () => {
    for (const { session } of station.connectors.values()) session?.end(type === 'Hard' ? 'HardReset' : 'SoftReset');
    station.restart();
  });
}

function getConfiguration({ configuration }: Station, { key }: Payload): Reply {
  const asked = Array.isArray(key) && key.length > 0 ? key.map(String) : null;
  const names = asked?.map((name) => name.toLowerCase());
  const known = configuration.all().filter(({ name }) => names?.includes(name.toLowerCase()) ?? true);
  return result({
    configurationKey: known.map(({ name, value, access }) => ({
      key: name,
      readonly: access === 'read-only',
      ...(access === 'write-only' ? {} : { value }),
    })),
    unknownKey: (asked ?? []).filter((name) => configuration.get(name) === undefined),
  });
}

const CHANGE_STATUS: Record<ChangeOutcome, string> = {
  changed: 'Accepted',
  'changed-for-next-boot': 'RebootRequired',
  unknown: 'NotSupported',
  'read-only': 'Rejected',
  'bad-value': 'Rejected',
};

function changeConfiguration({ configuration }: Station, { key, value }: Payload): Reply {
  return result({ status: CHANGE_STATUS[configuration.change(asText(key) ?? '', asText(value) ?? '')] });
}

function remoteStart(station: Station, { connectorId, idTag }: Payload): Reply {
  return startSession(station, asInteger(connectorId), { idToken: asText(idTag) ?? '', tokenType: 'Central' });
}

function unlock(station: Station, { connectorId }: Payload): Reply {
  const connector = station.connectors.get(asInteger(connectorId) ?? 0);
  if (connector === undefined) return result({ status: 'NotSupported' });
  return result({ status: 'Unlocked' }, () => connector.session?.end('UnlockCommand'));
}

function changeAvailability(station: Station, { connectorId, type }: Payload): Reply {
  return setOperative(station, chosenConnectors(station, asInteger(connectorId)), type !== 'Inoperative');
}

function reserveNow(station: Station, { connectorId, reservationId }: Payload): Reply {
  return reserve(station, asInteger(connectorId), asInteger(reservationId));
}

function sendLocalList(station: Station, { listVersion, updateType }: Payload): Reply {
  return updateLocalList(station, asInteger(listVersion) ?? 0, updateType);
}

function setChargingProfile({ chargingProfiles }: Station, { connectorId, csChargingProfiles }: Payload): Reply {
  const profile = asPayload(csChargingProfiles);
  const id = asInteger(profile.chargingProfileId);
  if (id !== undefined) chargingProfiles.set(id, { evseId: asInteger(connectorId) ?? 0, profile });
  return result({ status: 'Accepted' });
}

function clearChargingProfile({ chargingProfiles }: Station, { id, connectorId }: Payload): Reply {
  let cleared = 0;
  for (const [profileId, { evseId }] of chargingProfiles) {
    if (id !== undefined && profileId !== id) continue;
    if (connectorId !== undefined && evseId !== connectorId) continue;
    chargingProfiles.delete(profileId);
    cleared++;
  }
  return result({ status: cleared > 0 ? 'Accepted' : 'Unknown' });
}

function compositeSchedule(station: Station, { connectorId, duration, chargingRateUnit }: Payload): Reply {
  const unit = chargingRateUnit === 'W' ? 'W' : 'A';
  return result({
    status: 'Accepted',
    connectorId: asInteger(connectorId) ?? 0,
    scheduleStart: timestamp(station),
    chargingSchedule: {
      duration: asInteger(duration) ?? 0,
      chargingRateUnit: unit,
      chargingSchedulePeriod: [{ startPeriod: 0, limit: unit === 'W' ? 11_040 : 16 }],
    },
  });
}

function trigger(station: Station, { requestedMessage, connectorId }: Payload): Reply {
  if (requestedMessage === 'BootNotification') return result({ status: 'Accepted' }, () => station.sendBoot());
  const calls = triggered(station, asText(requestedMessage) ?? '', asInteger(connectorId));
  if (calls === null) return result({ status: 'NotImplemented' });
  return result({ status: 'Accepted' }, () => {
    for (const call of calls) station.sendTriggered(call);
  });
}

function triggered(station: Station, message: string, connectorId: number | undefined): Call[] | null {
  switch (message) {
    case 'Heartbeat':
      return [{ action: message, payload: {} }];
    case 'DiagnosticsStatusNotification':
    case 'FirmwareStatusNotification':
    case 'LogStatusNotification':
      return [{ action: message, payload: { status: 'Idle' } }];
    case 'StatusNotification':
      return chosenConnectors(station, connectorId).map((connector) => DIALECT_16.status(station, connector));
    case 'MeterValues':
      return chosenConnectors(station, connectorId).map(({ id, session, meterWh }) => {
        const reading = session === null ? readingAfter(0, meterWh) : currentReading(station, session);
        const meterValue = [{ timestamp: timestamp(station), sampledValue: sampledValues(reading, 'Trigger') }];
        const transactionId = session?.transactionId ?? null;
        const transaction = transactionId === null ? {} : { transactionId: Number(transactionId) };
        return { action: 'MeterValues', payload: { connectorId: id, ...transaction, meterValue } };
      });
    default:
      return null;
  }
}

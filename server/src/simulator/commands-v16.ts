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
import { idleReading } from './meter.ts';
import type { Reply } from './rpc-link.ts';
import { clearProfiles, schedulePeriods, setProfile } from './smart-charging.ts';
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

function remoteStart(station: Station, { connectorId, idTag, chargingProfile: profile }: Payload): Reply {
  const idToken = asText(idTag) ?? '';
  return startSession(station, asInteger(connectorId), { idToken, tokenType: 'Central', profile });
}

function unlock(station: Station, { connectorId }: Payload): Reply {
  const connector = station.connectors.get(asInteger(connectorId) ?? 0);
  if (connector === undefined) return result({ status: 'NotSupported' });
  return result({ status: 'Unlocked' }, () => connector.session?.end('UnlockCommand'));
}

function changeAvailability(station: Station, { connectorId, type }: Payload): Reply {
  return setOperative(station, chosenConnectors(station, asInteger(connectorId)), type !== 'Inoperative');
}

function reserveNow(station: Station, payload: Payload): Reply {
  return reserve(station, {
    connectorId: asInteger(payload.connectorId),
    reservationId: asInteger(payload.reservationId),
    idToken: asText(payload.idTag) ?? '',
    until: asText(payload.expiryDate),
  });
}

function sendLocalList(station: Station, { listVersion, updateType }: Payload): Reply {
  return updateLocalList(station, asInteger(listVersion) ?? 0, updateType);
}

function setChargingProfile(station: Station, { connectorId, csChargingProfiles }: Payload): Reply {
  return setProfile(station, asInteger(connectorId) ?? 0, asPayload(csChargingProfiles));
}

function clearChargingProfile(station: Station, { connectorId: evseId, ...criteria }: Payload): Reply {
  return clearProfiles(station, { ...criteria, evseId });
}

function compositeSchedule(station: Station, { connectorId, duration, chargingRateUnit }: Payload): Reply {
  const unit = chargingRateUnit === 'W' ? 'W' : 'A';
  const place = asInteger(connectorId) ?? 0;
  const seconds = asInteger(duration) ?? 0;
  return result({
    status: 'Accepted',
    connectorId: place,
    scheduleStart: timestamp(station),
    chargingSchedule: {
      duration: seconds,
      chargingRateUnit: unit,
      chargingSchedulePeriod: schedulePeriods(station, { place, seconds, unit }),
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
        const reading = session === null ? idleReading(meterWh) : currentReading(station, session);
        const meterValue = [{ timestamp: timestamp(station), sampledValue: sampledValues(reading, 'Trigger') }];
        const transactionId = session?.transactionId ?? null;
        const transaction = transactionId === null ? {} : { transactionId: Number(transactionId) };
        return { action: 'MeterValues', payload: { connectorId: id, ...transaction, meterValue } };
      });
    default:
      return null;
  }
}

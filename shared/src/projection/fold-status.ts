import {
  type ChargePointState,
  type ChargingStation,
  type ConnectorState,
  type JobStatus,
  LIMITS,
  type StatusReport,
} from './charge-point-state.ts';
import { noteAvailability, noteEvseAvailability } from './fold-availability.ts';
import { endEvseReset, endReset } from './fold-reset.ts';
import { takeChargingState } from './fold-transactions.ts';
import { integerOf, type Members, membersOf, textOf, timeOf } from './read-payload.ts';
import { remark } from './remark.ts';

/** BootNotification: flat in 1.6, with a chargingStation in 2.x. */
export function takeBoot(next: ChargePointState, payload: Members, at: number): void {
  next.chargingStation = readStation(payload);
  next.boot = { status: null, at, reason: textOf(payload.reason), interval: null };
  endReset(next, next.boot.reason);
}

/** What a BootNotification says that the charge point is. */
export function readStation(payload: Members): ChargingStation {
  const station = membersOf(payload.chargingStation ?? payload);
  const modem = membersOf(station.modem ?? payload);
  return {
    vendorName: textOf(station.vendorName ?? payload.chargePointVendor),
    model: textOf(station.model ?? payload.chargePointModel),
    serialNumber: textOf(station.serialNumber ?? payload.chargePointSerialNumber ?? payload.chargeBoxSerialNumber),
    firmwareVersion: textOf(station.firmwareVersion),
    modem: { iccid: textOf(modem.iccid), imsi: textOf(modem.imsi) },
  };
}

/** Our answer to a BootNotification. */
export function takeBootAnswer(next: ChargePointState, payload: Members, at: number): void {
  const status = textOf(payload.status);
  const boot = next.boot ?? { at, reason: null };
  next.boot = { at: boot.at, reason: boot.reason, status, interval: integerOf(payload.interval) };
  remark(next, { at, name: 'booted', detail: status ?? '' });
}

/** StatusNotification in any version. */
export function takeStatus(next: ChargePointState, payload: Members, at: number): void {
  const status = textOf(payload.connectorStatus ?? payload.status);
  const connectorId = integerOf(payload.connectorId);
  if (status === null || connectorId === null) return;
  const evseId = integerOf(payload.evseId);
  const report = readReport(payload, status, at);
  if (evseId !== null) endEvseReset(next, evseId, status);
  if ((evseId ?? connectorId) === 0) {
    next.station = keepSince(next.station, report);
    noteAvailability(next, at);
    return;
  }
  const index = next.connectors.findIndex((known) => known.evseId === evseId && known.connectorId === connectorId);
  const known = next.connectors[index];
  const connector: ConnectorState = { evseId, connectorId, ...keepSince(known, report) };
  if (known !== undefined) next.connectors = next.connectors.with(index, connector);
  else if (next.connectors.length < LIMITS.connectors) next.connectors = [...next.connectors, connector].sort(byPlace);
  noteAvailability(next, at);
  if (evseId === null) takeChargingState(next, connectorId, status);
  if (status === 'Faulted' && known?.status !== status) {
    const place = evseId === null ? `${connectorId}` : `${evseId}.${connectorId}`;
    remark(next, { at, name: 'status', detail: `Connector ${place}: ${[status, report.errorCode].join(' ').trim()}` });
  }
}

/** OCPP 2.x: a monitored variable did something. A station reports its connectors' states this way, too. */
export function takeNotifyEvent(next: ChargePointState, payload: Members, at: number): void {
  const list = Array.isArray(payload.eventData) ? payload.eventData.slice(0, LIMITS.recentEvents) : [];
  for (const item of list) {
    const { component, variable, actualValue, timestamp } = membersOf(item);
    const { name, evse } = membersOf(component);
    const { id, connectorId } = membersOf(evse);
    const variableName = textOf(membersOf(variable).name);
    const status = variableName === 'AvailabilityState' ? textOf(actualValue) : null;
    if (name === 'ChargingStation' && status !== null) {
      takeStatus(next, { evseId: 0, connectorId: 0, connectorStatus: status, timestamp }, at);
    } else if (name === 'EVSE' && status !== null) {
      noteEvseAvailability(next, { evseId: integerOf(id) ?? 0, status }, at);
    } else if (name === 'Connector' && status !== null) {
      takeStatus(next, { evseId: id, connectorId, connectorStatus: actualValue, timestamp }, at);
    } else {
      remark(next, { at, name: 'station-event', detail: `${textOf(name) ?? '?'} ${variableName ?? '?'}` });
    }
  }
}

export function takeSecurityEvent(next: ChargePointState, payload: Members, at: number): void {
  remark(next, { at: timeOf(payload.timestamp, at), name: 'security-event', detail: textOf(payload.type) ?? '' });
}

export function readJobStatus(payload: Members, at: number): JobStatus | null {
  const status = textOf(payload.status);
  return status === null ? null : { status, requestId: integerOf(payload.requestId), at };
}

function readReport(payload: Members, status: string, at: number): StatusReport {
  const report: StatusReport = { status, since: timeOf(payload.timestamp, at) };
  const errorCode = textOf(payload.errorCode);
  const info = textOf(payload.info);
  const vendorErrorCode = textOf(payload.vendorErrorCode);
  if (errorCode !== null && errorCode !== 'NoError') report.errorCode = errorCode;
  if (info !== null) report.info = info;
  if (vendorErrorCode !== null) report.vendorErrorCode = vendorErrorCode;
  return report;
}

/** A status that is merely said again began when it was said first. */
function keepSince(known: StatusReport | null | undefined, report: StatusReport): StatusReport {
  const isSame = known?.status === report.status && known.errorCode === report.errorCode;
  return isSame ? { ...report, since: known.since } : report;
}

function byPlace(a: ConnectorState, b: ConnectorState): number {
  return (a.evseId ?? 0) - (b.evseId ?? 0) || a.connectorId - b.connectorId;
}

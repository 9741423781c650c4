import type { Transaction } from '@cpo-console/shared/api/transactions.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { TransactionState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { newTransaction } from '@cpo-console/shared/projection/fold-transactions.ts';
import { gapsIn, type SequenceRanges } from '@cpo-console/shared/projection/sequence-ranges.ts';
import type { TransactionRow } from '../../database/tables/charge-points.tables.ts';
import { tokenKey } from '../id-tokens/token-key.ts';

/** A charging session as it is kept. Never changed in place. */
export interface TransactionRecord extends TransactionState {
  id: string;
  thingName: string;
  protocol: OcppVersion;
  stoppedAt: number | null;
  stopReason: string | null;
  meterStopWh: number | null;
  active: boolean;
  closedBy: string | null;
  /** OCPP 2.x: what made it begin and end, in the charge point's word. */
  startTrigger: string | null;
  stopTrigger: string | null;
  /** The token that ended it, which may be another one of the same group. */
  stopIdToken: string | null;
  remoteStartId: number | null;
  /** Seconds in which energy flowed, as the charge point counted them. */
  chargingSeconds: number | null;
  /** Whether part of it happened while the charge point was offline. */
  offline: boolean;
  startKey: string | null;
  /** By our clock, when it was stored first and last: between them the log has its frames. */
  firstReceivedAt: number | null;
  lastReceivedAt: number | null;
}

export function newRecord(
  known: Pick<TransactionRecord, 'id' | 'thingName' | 'transactionId' | 'protocol' | 'startedAt'>,
): TransactionRecord {
  return {
    ...newTransaction(known.transactionId, known.startedAt),
    ...known,
    stoppedAt: null,
    stopReason: null,
    meterStopWh: null,
    active: true,
    closedBy: null,
    startTrigger: null,
    stopTrigger: null,
    stopIdToken: null,
    remoteStartId: null,
    chargingSeconds: null,
    offline: false,
    startKey: null,
    firstReceivedAt: null,
    lastReceivedAt: null,
  };
}

export function toRow(record: TransactionRecord): TransactionRow {
  return {
    id: record.id,
    thing_name: record.thingName,
    transaction_id: record.transactionId,
    protocol: record.protocol,
    ...toChanges(record),
  };
}

/** The columns that change now and then, always in the same order. */
export function toChanges(record: TransactionRecord) {
  return {
    ...toProgress(record),
    evse_id: record.evseId,
    connector_id: record.connectorId,
    id_token: record.idToken,
    id_token_key: record.idToken === null ? null : tokenKey(record.idToken),
    started_at: record.startedAt,
    stopped_at: record.stoppedAt,
    stop_reason: record.stopReason,
    meter_start: record.meterStartWh,
    meter_stop: record.meterStopWh,
    active: record.active ? 1 : 0,
    closed_by: record.closedBy,
    start_trigger: record.startTrigger,
    stop_trigger: record.stopTrigger,
    stop_id_token: record.stopIdToken,
    remote_start_id: record.remoteStartId,
    charging_seconds: record.chargingSeconds,
    offline: record.offline ? 1 : 0,
    start_seen: record.startSeen ? 1 : 0,
    start_key: record.startKey,
    first_received_at: record.firstReceivedAt,
  };
}

/** The columns that change with nearly every message of a session. No index is on them: writing them alone is cheap. */
export function toProgress(record: TransactionRecord) {
  return {
    energy_wh: record.energyWh,
    power_w: record.powerW,
    charging_state: record.chargingState,
    last_event_at: record.lastEventAt,
    last_meter_at: record.lastMeterAt,
    last_received_at: record.lastReceivedAt,
    seen_seq: JSON.stringify(record.seen),
  };
}

/** Whether nothing but its progress changed. */
export function isProgress(before: TransactionRecord, after: TransactionRecord): boolean {
  return (
    before.evseId === after.evseId &&
    before.connectorId === after.connectorId &&
    before.idToken === after.idToken &&
    before.startedAt === after.startedAt &&
    before.stoppedAt === after.stoppedAt &&
    before.stopReason === after.stopReason &&
    before.meterStartWh === after.meterStartWh &&
    before.meterStopWh === after.meterStopWh &&
    before.active === after.active &&
    before.closedBy === after.closedBy &&
    before.startTrigger === after.startTrigger &&
    before.stopTrigger === after.stopTrigger &&
    before.stopIdToken === after.stopIdToken &&
    before.remoteStartId === after.remoteStartId &&
    before.chargingSeconds === after.chargingSeconds &&
    before.offline === after.offline &&
    before.startSeen === after.startSeen &&
    before.startKey === after.startKey
  );
}

export function toRecord(row: TransactionRow): TransactionRecord {
  return {
    id: row.id,
    thingName: row.thing_name,
    transactionId: row.transaction_id,
    protocol: row.protocol as OcppVersion,
    evseId: row.evse_id,
    connectorId: row.connector_id,
    idToken: row.id_token,
    startedAt: row.started_at,
    stoppedAt: row.stopped_at,
    stopReason: row.stop_reason,
    meterStartWh: row.meter_start,
    meterStopWh: row.meter_stop,
    energyWh: row.energy_wh,
    powerW: row.power_w,
    soc: null,
    chargingState: row.charging_state,
    lastMeterAt: row.last_meter_at,
    startSeen: row.start_seen === 1,
    active: row.active === 1,
    closedBy: row.closed_by,
    startTrigger: row.start_trigger,
    stopTrigger: row.stop_trigger,
    stopIdToken: row.stop_id_token,
    remoteStartId: row.remote_start_id,
    chargingSeconds: row.charging_seconds,
    offline: row.offline === 1,
    lastEventAt: row.last_event_at,
    startKey: row.start_key,
    seen: JSON.parse(row.seen_seq) as SequenceRanges,
    firstReceivedAt: row.first_received_at,
    lastReceivedAt: row.last_received_at,
  };
}

/** A session for people and scripts; whether it is stuck depends on more than its record. */
export type StoredTransaction = Omit<Transaction, 'stuck'>;

export function toTransaction(record: TransactionRecord): StoredTransaction {
  return {
    id: record.id,
    thingName: record.thingName,
    transactionId: record.transactionId,
    protocol: record.protocol,
    evseId: record.evseId,
    connectorId: record.connectorId,
    idToken: record.idToken,
    startedAt: isoTime(record.startedAt),
    startSeen: record.startSeen,
    startTrigger: record.startTrigger,
    remoteStartId: record.remoteStartId,
    stoppedAt: isoTime(record.stoppedAt),
    stopReason: record.stopReason,
    stopTrigger: record.stopTrigger,
    stopIdToken: record.stopIdToken,
    meterStart: record.meterStartWh,
    meterStop: record.meterStopWh,
    energyWh: record.energyWh,
    powerW: record.powerW,
    chargingState: record.chargingState,
    chargingSeconds: record.chargingSeconds,
    active: record.active,
    closedBy: record.closedBy,
    offline: record.offline,
    missingEvents: gapsIn(record.seen).map(([from, to]) => ({ from, to })),
    firstReceivedAt: isoTime(record.firstReceivedAt),
    lastReceivedAt: isoTime(record.lastReceivedAt),
  };
}

function isoTime(at: number): string;
function isoTime(at: number | null): string | null;
function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

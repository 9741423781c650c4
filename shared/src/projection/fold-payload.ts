import type { LogDirection, LogRow } from '../message-log/log-row.ts';
import type { ChargePointState, PendingCall, Remembered } from './charge-point-state.ts';
import { readAvailability, takeAvailability } from './fold-availability.ts';
import {
  acceptedOnly,
  forgetKeys,
  forgetVariables,
  readChangeConfiguration,
  readConfigurationKeys,
  readReportData,
  readVariables,
  rememberConfiguration,
} from './fold-configuration.ts';
import { takeReset } from './fold-reset.ts';
import {
  readJobStatus,
  takeBoot,
  takeBootAnswer,
  takeNotifyEvent,
  takeSecurityEvent,
  takeStatus,
} from './fold-status.ts';
import {
  readStart,
  startTransaction,
  stopTransaction,
  takeMeterValues,
  takeTransactionEvent,
} from './fold-transactions.ts';
import { integerOf, type Members, textOf } from './read-payload.ts';

type CallHandler = (next: ChargePointState, payload: Members, at: number) => void;

/** What a charge point tells by calling us, whatever the version: the members' names tell them apart. */
const CALLS: ReadonlyMap<string, CallHandler> = new Map<string, CallHandler>([
  ['BootNotification', takeBoot],
  ['StatusNotification', takeStatus],
  ['NotifyEvent', takeNotifyEvent],
  ['SecurityEventNotification', takeSecurityEvent],
  ['MeterValues', takeMeterValues],
  ['StopTransaction', stopTransaction],
  ['TransactionEvent', takeTransactionEvent],
  ['NotifyReport', (next, { reportData }, at) => rememberConfiguration(next, readReportData(reportData, at))],
  ['FirmwareStatusNotification', takeFirmwareStatus],
  ['SignedFirmwareStatusNotification', takeFirmwareStatus],
  [
    'DiagnosticsStatusNotification',
    (next, payload, at) => {
      next.diagnosticsStatus = readJobStatus(payload, at) ?? next.diagnosticsStatus;
    },
  ],
  [
    'LogStatusNotification',
    (next, payload, at) => {
      next.logStatus = readJobStatus(payload, at) ?? next.logStatus;
    },
  ],
]);

/** Requests that their answer is needed for, by who sends them. */
const REMEMBERED: Record<LogDirection, ReadonlySet<string>> = {
  in: new Set(['StartTransaction']),
  out: new Set(['Reset', 'ChangeAvailability', 'ChangeConfiguration', 'SetVariables', 'SendLocalList']),
};

/** Answers that tell something, by who sends them. */
const ANSWERS: Record<LogDirection, ReadonlySet<string>> = {
  in: new Set([...REMEMBERED.out, 'GetConfiguration', 'GetVariables', 'GetLocalListVersion']),
  out: new Set([...REMEMBERED.in, 'BootNotification']),
};

/** Whether the row is worth decoding. Most are not: heartbeats, answers without content, … */
export function needsPayload(action: string, { kind, direction }: LogRow): boolean {
  if (kind === 'result') return ANSWERS[direction].has(action);
  return REMEMBERED[direction].has(action) || (direction === 'in' && CALLS.has(action));
}

export function takeCall(next: ChargePointState, { action, at }: LogRow, payload: Members): void {
  CALLS.get(action ?? '')?.(next, payload, at);
}

/** Only what is needed of a request: it may hold a secret, and the state is shown to people. */
export function remember(state: ChargePointState, { action, at }: LogRow, payload: Members): Remembered | null {
  switch (action) {
    case 'StartTransaction':
      return { kind: 'transaction-start', start: readStart(state, payload, at) };
    case 'Reset':
      return { kind: 'reset', type: textOf(payload.type), evseId: integerOf(payload.evseId) };
    case 'ChangeAvailability': {
      const asked = readAvailability(payload, at);
      return asked && { kind: 'availability', asked };
    }
    case 'ChangeConfiguration':
      return { kind: 'configuration', entries: readChangeConfiguration(payload, at) };
    case 'SetVariables':
      return { kind: 'configuration', entries: readVariables(payload.setVariableData, at).slice(0, 100) };
    case 'SendLocalList': {
      const version = integerOf(payload.listVersion ?? payload.versionNumber);
      return version === null ? null : { kind: 'local-list', version };
    }
    default:
      return null;
  }
}

export interface Answer {
  action: string;
  at: number;
  direction: LogDirection;
  /** Absent when the log begins after it. */
  call: PendingCall | undefined;
}

export function takeResult(next: ChargePointState, { action, at, call }: Answer, payload: Members): void {
  if (call?.remembered) takeRemembered(next, call.remembered, { payload, at });
  switch (action) {
    case 'BootNotification':
      takeBootAnswer(next, payload, at);
      break;
    case 'GetConfiguration':
      rememberConfiguration(next, readConfigurationKeys(payload.configurationKey, at));
      forgetKeys(next, payload.unknownKey);
      break;
    case 'GetVariables':
      rememberConfiguration(next, readVariables(payload.getVariableResult, at));
      forgetVariables(next, payload.getVariableResult);
      break;
    case 'GetLocalListVersion':
      next.localListVersion = integerOf(payload.listVersion ?? payload.versionNumber) ?? next.localListVersion;
      break;
  }
}

function takeRemembered(
  next: ChargePointState,
  remembered: Remembered,
  { payload, at }: { payload: Members; at: number },
): void {
  const isAccepted = payload.status === 'Accepted' || payload.status === 'RebootRequired';
  switch (remembered.kind) {
    case 'transaction-start':
      startTransaction(next, remembered.start, payload.transactionId);
      break;
    case 'reset':
      takeReset(next, remembered, { status: textOf(payload.status), at });
      break;
    case 'availability':
      takeAvailability(next, remembered.asked, payload, at);
      break;
    case 'local-list':
      if (isAccepted) next.localListVersion = remembered.version;
      break;
    case 'configuration':
      if (Array.isArray(payload.setVariableResult)) {
        rememberConfiguration(next, acceptedOnly(remembered.entries, payload.setVariableResult));
      } else if (isAccepted) {
        rememberConfiguration(next, remembered.entries);
      }
      break;
  }
}

function takeFirmwareStatus(next: ChargePointState, payload: Members, at: number): void {
  next.firmwareStatus = readJobStatus(payload, at) ?? next.firmwareStatus;
}

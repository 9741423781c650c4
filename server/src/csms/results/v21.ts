import {
  takeClearChargingProfile2,
  takeGetChargingProfiles,
  takeRequestStart2,
  takeSetChargingProfile2,
} from '../behaviour/charging-profile-results.ts';
import { takeCompositeSchedule2 } from '../behaviour/charging-reports.ts';
import { takeDynamicUpdate } from '../behaviour/dynamic-schedule.ts';
import { takeAdjusted, takeOpenStreams } from '../behaviour/event-stream-results.ts';
import { takeJobAnswer, takeUnpublished } from '../behaviour/job-answer.ts';
import { takeClearCache, takeListVersion, takeSendLocalList } from '../behaviour/local-list.ts';
import { takeUsePriority } from '../behaviour/priority-charging.ts';
import { takeCancelReservation, takeReserveNow } from '../behaviour/reservation-results.ts';
import { takeTransactionStatus } from '../behaviour/transaction-status.ts';
import { takeGetVariables, takeReportAnswer, takeSetVariables } from '../behaviour/variable-results.ts';
import type { ResultDeps, ResultHandlers } from './result-handlers.ts';

/** What OCPP 2.1 results change. */
export function results21(deps: ResultDeps): ResultHandlers {
  return {
    GetTransactionStatus: (result) => takeTransactionStatus(deps, result),
    GetBaseReport: (result) => takeReportAnswer(deps, result),
    ClearCache: (result) => takeClearCache(deps, result),
    GetLocalListVersion: (result) => takeListVersion(deps, result),
    SendLocalList: (result) => takeSendLocalList(deps, result),
    AdjustPeriodicEventStream: (result) => takeAdjusted(deps, result),
    GetPeriodicEventStream: (result) => takeOpenStreams(deps, result),
    GetLog: (result) => takeJobAnswer(deps, result),
    PublishFirmware: (result) => takeJobAnswer(deps, result),
    UnpublishFirmware: (result) => takeUnpublished(deps, result),
    UpdateFirmware: (result) => takeJobAnswer(deps, result),
    ClearChargingProfile: (result) => takeClearChargingProfile2(deps, result),
    GetCompositeSchedule: (result) => takeCompositeSchedule2(deps, result),
    GetChargingProfiles: (result) => takeGetChargingProfiles(deps, result),
    RequestStartTransaction: (result) => takeRequestStart2(deps, result),
    UpdateDynamicSchedule: (result) => takeDynamicUpdate(deps, result),
    UsePriorityCharging: (result) => takeUsePriority(deps, result),
    SetChargingProfile: (result) => takeSetChargingProfile2(deps, result),
    CancelReservation: (result) => takeCancelReservation(deps, result),
    GetReport: (result) => takeReportAnswer(deps, result),
    GetVariables: (result) => takeGetVariables(deps, result),
    ReserveNow: (result) => takeReserveNow(deps, result),
    SetVariables: (result) => takeSetVariables(deps, result),
  };
}

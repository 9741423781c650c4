import { takeJobAnswer, takeUnpublished } from '../behaviour/job-answer.ts';
import { takeCancelReservation, takeReserveNow } from '../behaviour/reservation-results.ts';
import { takeGetVariables, takeReportAnswer, takeSetVariables } from '../behaviour/variable-results.ts';
import type { ResultDeps, ResultHandlers } from './result-handlers.ts';

/** What OCPP 2.0.1 results change. */
export function results201(deps: ResultDeps): ResultHandlers {
  return {
    GetBaseReport: (result) => takeReportAnswer(deps, result),
    GetLog: (result) => takeJobAnswer(deps, result),
    PublishFirmware: (result) => takeJobAnswer(deps, result),
    UnpublishFirmware: (result) => takeUnpublished(deps, result),
    UpdateFirmware: (result) => takeJobAnswer(deps, result),
    CancelReservation: (result) => takeCancelReservation(deps, result),
    GetReport: (result) => takeReportAnswer(deps, result),
    GetVariables: (result) => takeGetVariables(deps, result),
    ReserveNow: (result) => takeReserveNow(deps, result),
    SetVariables: (result) => takeSetVariables(deps, result),
  };
}

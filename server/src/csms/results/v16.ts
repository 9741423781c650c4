import { takeChangeConfiguration, takeGetConfiguration } from '../behaviour/configuration-keys.ts';
import { takeDiagnosticsAnswer, takeJobAnswer } from '../behaviour/job-answer.ts';
import { takeCancelReservation, takeReserveNow } from '../behaviour/reservation-results.ts';
import type { ResultDeps, ResultHandlers } from './result-handlers.ts';

/** What OCPP 1.6 results change. */
export function results16(deps: ResultDeps): ResultHandlers {
  return {
    GetDiagnostics: (result) => takeDiagnosticsAnswer(deps, result),
    GetLog: (result) => takeJobAnswer(deps, result),
    SignedUpdateFirmware: (result) => takeJobAnswer(deps, result),
    UpdateFirmware: (result) => takeJobAnswer(deps, result),
    CancelReservation: (result) => takeCancelReservation(deps, result),
    ReserveNow: (result) => takeReserveNow(deps, result),
    ChangeConfiguration: (result) => takeChangeConfiguration(deps, result),
    GetConfiguration: (result) => takeGetConfiguration(deps, result),
  };
}

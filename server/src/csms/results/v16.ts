import {
  takeClearChargingProfile16,
  takeRemoteStart16,
  takeSetChargingProfile16,
} from '../behaviour/charging-profile-results.ts';
import { takeCompositeSchedule16 } from '../behaviour/charging-reports.ts';
import { takeChangeConfiguration, takeGetConfiguration } from '../behaviour/configuration-keys.ts';
import { takeDiagnosticsAnswer, takeJobAnswer } from '../behaviour/job-answer.ts';
import { takeClearCache, takeListVersion, takeSendLocalList } from '../behaviour/local-list.ts';
import { takeCancelReservation, takeReserveNow } from '../behaviour/reservation-results.ts';
import type { ResultDeps, ResultHandlers } from './result-handlers.ts';

/** What OCPP 1.6 results change. */
export function results16(deps: ResultDeps): ResultHandlers {
  return {
    ClearCache: (result) => takeClearCache(deps, result),
    GetLocalListVersion: (result) => takeListVersion(deps, result),
    SendLocalList: (result) => takeSendLocalList(deps, result),
    GetDiagnostics: (result) => takeDiagnosticsAnswer(deps, result),
    GetLog: (result) => takeJobAnswer(deps, result),
    SignedUpdateFirmware: (result) => takeJobAnswer(deps, result),
    UpdateFirmware: (result) => takeJobAnswer(deps, result),
    ClearChargingProfile: (result) => takeClearChargingProfile16(deps, result),
    GetCompositeSchedule: (result) => takeCompositeSchedule16(deps, result),
    RemoteStartTransaction: (result) => takeRemoteStart16(deps, result),
    SetChargingProfile: (result) => takeSetChargingProfile16(deps, result),
    CancelReservation: (result) => takeCancelReservation(deps, result),
    ReserveNow: (result) => takeReserveNow(deps, result),
    ChangeConfiguration: (result) => takeChangeConfiguration(deps, result),
    GetConfiguration: (result) => takeGetConfiguration(deps, result),
  };
}

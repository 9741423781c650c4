import type { FastifyRequest } from 'fastify';
import type { Access } from '../api-deps.ts';
import { ProblemError } from '../errors.ts';

/** What helps a driver on the phone and loses nobody anything. */
const SUPPORT_ACTIONS: ReadonlySet<string> = new Set([
  // OCPP 1.6
  'ExtendedTriggerMessage',
  'GetCompositeSchedule',
  'GetConfiguration',
  'GetDiagnostics',
  'GetInstalledCertificateIds',
  'GetLocalListVersion',
  'GetLog',
  'RemoteStopTransaction',
  'TriggerMessage',
  'UnlockConnector',
  // OCPP 2.x
  'GetBaseReport',
  'GetChargingProfiles',
  'GetDisplayMessages',
  'GetMonitoringReport',
  'GetReport',
  'GetTransactionStatus',
  'GetVariables',
  'RequestStopTransaction',
]);

/** The permission that sending an action needs. An action that is not known needs the most. */
const commandPermission = (action: string): 'commands:support' | 'commands:operate' =>
  SUPPORT_ACTIONS.has(action) ? 'commands:support' : 'commands:operate';

/** What everyone has who may send anything. */
export const LEAST_COMMAND_PERMISSION = 'commands:support';

/** @throws ProblemError when the caller's role may not send the action */
export function insistOnPermission(access: Access, request: FastifyRequest, action: string): void {
  if (!access.may(request, commandPermission(action))) throw new ProblemError(403, `Your role may not send ${action}.`);
}

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
export const commandPermission = (action: string): 'commands:support' | 'commands:operate' =>
  SUPPORT_ACTIONS.has(action) ? 'commands:support' : 'commands:operate';

/** What everyone has who may send anything. */
export const LEAST_COMMAND_PERMISSION = 'commands:support';

/** What an action changes in what we believe, and where people see it: the facts of docs/reference/ocpp-coverage.md. */
export interface Effect {
  stored: string;
  shown: string;
}

const effect = (stored: string, shown: string, actions: string): [string, Effect][] =>
  actions.split(' ').map((action) => [action, { stored, shown }]);

/** By action, in whichever version. What is not named here is not served yet, or its result changes nothing. */
export const EFFECTS: ReadonlyMap<string, Effect> = new Map([
  ...effect('live state, device shadow', 'Overview', 'BootNotification StatusNotification NotifyEvent'),
  ...effect('last seen', 'Charge points', 'Heartbeat'),
  ...effect('unknown tokens', 'Access', 'Authorize'),
  ...effect(
    'sessions',
    'Sessions',
    'StartTransaction StopTransaction TransactionEvent MeterValues GetTransactionStatus',
  ),
  ...effect('message log, and what its vendor handler stores', 'Messages', 'DataTransfer'),
  ...effect(
    'event streams with their last value',
    'Overview',
    'OpenPeriodicEventStream ClosePeriodicEventStream NotifyPeriodicEventStream AdjustPeriodicEventStream GetPeriodicEventStream',
  ),
  ...effect('message log', 'Messages', 'SignCertificate'),
  ...effect(
    'variables',
    'Configuration',
    'NotifyReport GetBaseReport GetReport GetVariables SetVariables GetConfiguration ChangeConfiguration',
  ),
  ...effect('local lists', 'Access', 'ClearCache GetLocalListVersion SendLocalList'),
  ...effect(
    'jobs with their history',
    'Firmware & logs',
    'FirmwareStatusNotification SignedFirmwareStatusNotification PublishFirmwareStatusNotification LogStatusNotification ' +
      'DiagnosticsStatusNotification UpdateFirmware SignedUpdateFirmware PublishFirmware UnpublishFirmware GetLog GetDiagnostics',
  ),
  ...effect('security events', 'Security', 'SecurityEventNotification'),
  ...effect('reservations', 'Reservations', 'ReserveNow CancelReservation ReservationStatusUpdate'),
  ...effect(
    'charging profiles',
    'Smart charging',
    'SetChargingProfile ClearChargingProfile GetChargingProfiles ReportChargingProfiles RemoteStartTransaction RequestStartTransaction ' +
      'UpdateDynamicSchedule PullDynamicScheduleUpdate',
  ),
  ...effect('composite schedules', 'Smart charging', 'GetCompositeSchedule'),
  ...effect(
    'limits and needs',
    'Smart charging',
    'NotifyChargingLimit ClearedChargingLimit NotifyEVChargingNeeds NotifyEVChargingSchedule ' +
      'NotifyPriorityCharging UsePriorityCharging',
  ),
]);

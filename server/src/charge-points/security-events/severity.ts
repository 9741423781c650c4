import type { SecurityEvent } from '@cpo-console/shared/api/charge-point-events.ts';

/** What happens in daily use as well. */
const ROUTINE: ReadonlySet<string> = new Set([
  'FirmwareUpdated',
  'MaintenanceLoginAccepted',
  'ResetOrReboot',
  'SettingSystemTime',
  'StartupOfTheDevice',
]);

/** Somebody or something is wrong with the charge point, its keys or the network between. */
const GRAVE: ReadonlySet<string> = new Set([
  'AttemptedReplayAttacks',
  'DiscardedRenewedClientCertificate',
  'InvalidChargingStationCertificate',
  'InvalidCsmsCertificate',
  'InvalidFirmwareSignature',
  'InvalidFirmwareSigningCertificate',
  'InvalidTLSCipherSuite',
  'InvalidTLSVersion',
  'MaintenanceLoginFailed',
  'MemoryExhaustion',
  'SecurityLogWasCleared',
  'TamperDetectionActivated',
]);

/**
 * How much a security event asks for attention. OCPP's own "critical" only says that an event is to be sent to us, which a
 * plain start of the device is too.
 * @see OCPP 2.1 part 2 appendices, 1 Security events
 */
export function severityOf(type: string): SecurityEvent['severity'] {
  if (ROUTINE.has(type)) return 'info';
  return GRAVE.has(type) ? 'critical' : 'warning';
}

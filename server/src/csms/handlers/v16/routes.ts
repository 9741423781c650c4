import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import type { HandlerDeps, Handlers } from '../handler.ts';
import { authorize } from './core/authorize.ts';
import { bootNotification } from './core/boot-notification.ts';
import { dataTransfer } from './core/data-transfer.ts';
import { heartbeat } from './core/heartbeat.ts';
import { meterValues } from './core/meter-values.ts';
import { startTransaction } from './core/start-transaction.ts';
import { statusNotification } from './core/status-notification.ts';
import { stopTransaction } from './core/stop-transaction.ts';
import { diagnosticsStatusNotification } from './firmware-management/diagnostics-status-notification.ts';
import { firmwareStatusNotification } from './firmware-management/firmware-status-notification.ts';
import { logStatusNotification } from './security/log-status-notification.ts';
import { securityEventNotification } from './security/security-event-notification.ts';
import { signCertificate } from './security/sign-certificate.ts';
import { signedFirmwareStatusNotification } from './security/signed-firmware-status-notification.ts';

/** What an OCPP 1.6 charge point may ask. */
export function routes16(deps: HandlerDeps): Handlers<Messages> {
  return {
    Authorize: authorize(deps),
    BootNotification: bootNotification(deps),
    DataTransfer: dataTransfer(deps),
    DiagnosticsStatusNotification: diagnosticsStatusNotification(deps),
    FirmwareStatusNotification: firmwareStatusNotification(deps),
    Heartbeat: heartbeat(),
    LogStatusNotification: logStatusNotification(deps),
    MeterValues: meterValues(deps),
    SecurityEventNotification: securityEventNotification(deps),
    SignedFirmwareStatusNotification: signedFirmwareStatusNotification(deps),
    SignCertificate: signCertificate(),
    StartTransaction: startTransaction(deps),
    StatusNotification: statusNotification(),
    StopTransaction: stopTransaction(deps),
  };
}

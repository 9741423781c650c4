import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import type { HandlerDeps, Handlers } from '../handler.ts';
import { authorize } from './authorization/authorize.ts';
import { heartbeat } from './availability/heartbeat.ts';
import { statusNotification } from './availability/status-notification.ts';
import { dataTransfer } from './data-transfer/data-transfer.ts';
import { logStatusNotification } from './diagnostics/log-status-notification.ts';
import { notifyEvent } from './diagnostics/notify-event.ts';
import { firmwareStatusNotification } from './firmware-management/firmware-status-notification.ts';
import { publishFirmwareStatusNotification } from './firmware-management/publish-firmware-status-notification.ts';
import { meterValues } from './meter-values/meter-values.ts';
import { bootNotification } from './provisioning/boot-notification.ts';
import { notifyReport } from './provisioning/notify-report.ts';
import { reservationStatusUpdate } from './reservation/reservation-status-update.ts';
import { securityEventNotification } from './security/security-event-notification.ts';
import { signCertificate } from './security/sign-certificate.ts';
import { clearedChargingLimit } from './smart-charging/cleared-charging-limit.ts';
import { notifyChargingLimit } from './smart-charging/notify-charging-limit.ts';
import { notifyEVChargingNeeds } from './smart-charging/notify-ev-charging-needs.ts';
import { notifyEVChargingSchedule } from './smart-charging/notify-ev-charging-schedule.ts';
import { reportChargingProfiles } from './smart-charging/report-charging-profiles.ts';
import { transactionEvent } from './transactions/transaction-event.ts';

/** What an OCPP 2.0.1 charging station may ask. */
export function routes201(deps: HandlerDeps): Handlers<Messages> {
  return {
    Authorize: authorize(deps),
    BootNotification: bootNotification(deps),
    ClearedChargingLimit: clearedChargingLimit(deps),
    DataTransfer: dataTransfer(deps),
    FirmwareStatusNotification: firmwareStatusNotification(deps),
    Heartbeat: heartbeat(),
    LogStatusNotification: logStatusNotification(deps),
    MeterValues: meterValues(),
    NotifyChargingLimit: notifyChargingLimit(deps),
    NotifyEVChargingNeeds: notifyEVChargingNeeds(deps),
    NotifyEVChargingSchedule: notifyEVChargingSchedule(deps),
    NotifyEvent: notifyEvent(deps),
    NotifyReport: notifyReport(deps),
    PublishFirmwareStatusNotification: publishFirmwareStatusNotification(deps),
    ReportChargingProfiles: reportChargingProfiles(deps),
    ReservationStatusUpdate: reservationStatusUpdate(deps),
    SecurityEventNotification: securityEventNotification(deps),
    SignCertificate: signCertificate(),
    StatusNotification: statusNotification(),
    TransactionEvent: transactionEvent(deps),
  };
}

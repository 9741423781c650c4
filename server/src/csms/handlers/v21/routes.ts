import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import type { HandlerDeps, Handlers } from '../handler.ts';
import { authorize } from './authorization/authorize.ts';
import { heartbeat } from './availability/heartbeat.ts';
import { statusNotification } from './availability/status-notification.ts';
import { dataTransfer } from './data-transfer/data-transfer.ts';
import { closePeriodicEventStream } from './diagnostics/close-periodic-event-stream.ts';
import { logStatusNotification } from './diagnostics/log-status-notification.ts';
import { notifyEvent } from './diagnostics/notify-event.ts';
import { notifyPeriodicEventStream } from './diagnostics/notify-periodic-event-stream.ts';
import { openPeriodicEventStream } from './diagnostics/open-periodic-event-stream.ts';
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
import { notifyPriorityCharging } from './smart-charging/notify-priority-charging.ts';
import { pullDynamicScheduleUpdate } from './smart-charging/pull-dynamic-schedule-update.ts';
import { reportChargingProfiles } from './smart-charging/report-charging-profiles.ts';
import { transactionEvent } from './transactions/transaction-event.ts';

/** What an OCPP 2.1 charging station may ask. */
export function routes21(deps: HandlerDeps): Handlers<Messages> {
  return {
    Authorize: authorize(deps),
    BootNotification: bootNotification(deps),
    ClosePeriodicEventStream: closePeriodicEventStream(deps),
    OpenPeriodicEventStream: openPeriodicEventStream(deps),
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
    NotifyPriorityCharging: notifyPriorityCharging(deps),
    NotifyReport: notifyReport(deps),
    PublishFirmwareStatusNotification: publishFirmwareStatusNotification(deps),
    PullDynamicScheduleUpdate: pullDynamicScheduleUpdate(deps),
    ReportChargingProfiles: reportChargingProfiles(deps),
    ReservationStatusUpdate: reservationStatusUpdate(deps),
    SecurityEventNotification: securityEventNotification(deps),
    SignCertificate: signCertificate(),
    StatusNotification: statusNotification(),
    TransactionEvent: transactionEvent(deps),
  };
}

/** What an OCPP 2.1 charging station may send without an answer. */
export function sends21(deps: Pick<HandlerDeps, 'eventStreams'>) {
  return { NotifyPeriodicEventStream: notifyPeriodicEventStream(deps) };
}

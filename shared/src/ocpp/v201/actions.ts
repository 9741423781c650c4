import { type ActionTable, block } from '../action-info.ts';

/** OCPP 2.0.1: 64 actions. */
export const ACTIONS_201: ActionTable = {
  ...block('Security', {
    chargePoint: {
      SecurityEventNotification: 'Report something that matters for security.',
      SignCertificate: 'Ask for a certificate to be signed.',
    },
    csms: { CertificateSigned: 'Deliver a signed certificate.' },
  }),
  ...block('Provisioning', {
    chargePoint: {
      BootNotification: 'Announce the charging station after a start and ask for the time.',
      NotifyReport: 'Deliver a part of the device model that was asked for.',
    },
    csms: {
      GetBaseReport: 'Ask for a predefined report on the device model.',
      GetReport: 'Ask for a report on chosen parts of the device model.',
      GetVariables: 'Read variables.',
      Reset: 'Restart the charging station or one EVSE.',
      SetNetworkProfile: 'Store how to connect to a back office.',
      SetVariables: 'Set variables.',
    },
  }),
  ...block('Authorization', {
    chargePoint: { Authorize: 'Ask whether a token may charge.' },
    csms: { ClearCache: 'Empty the cache of known tokens.' },
  }),
  ...block('Local authorization list', {
    csms: {
      GetLocalListVersion: 'Read the version of the local list of tokens.',
      SendLocalList: 'Replace or change the local list of tokens.',
    },
  }),
  ...block('Transactions', {
    chargePoint: { TransactionEvent: 'Report start, progress and end of a charging session.' },
    csms: { GetTransactionStatus: 'Ask whether a session goes on and has messages left to send.' },
  }),
  ...block('Remote control', {
    csms: {
      RequestStartTransaction: 'Start a charging session from here.',
      RequestStopTransaction: 'Stop a charging session from here.',
      TriggerMessage: 'Ask for a message right now.',
      UnlockConnector: 'Release a stuck cable.',
    },
  }),
  ...block('Availability', {
    chargePoint: {
      Heartbeat: 'Show that the charging station is there and ask for the time.',
      StatusNotification: "Report a connector's state.",
    },
    csms: { ChangeAvailability: 'Take a connector, an EVSE or the station into or out of service.' },
  }),
  ...block('Reservation', {
    chargePoint: { ReservationStatusUpdate: 'Report that a reservation expired or was dropped.' },
    csms: {
      CancelReservation: 'Give a reserved EVSE free again.',
      ReserveNow: 'Keep an EVSE for one token until a given time.',
    },
  }),
  ...block('Tariff and cost', { csms: { CostUpdated: 'Tell the driver the running cost of a session.' } }),
  ...block('Meter values', { chargePoint: { MeterValues: 'Report meter readings outside a session.' } }),
  ...block('Smart charging', {
    chargePoint: {
      ClearedChargingLimit: 'Report that an external limit is gone.',
      NotifyChargingLimit: 'Report that someone else limits the charging.',
      NotifyEVChargingNeeds: 'Report what the vehicle asks for.',
      NotifyEVChargingSchedule: 'Report what the vehicle plans to take.',
      ReportChargingProfiles: 'Deliver installed charging profiles that were asked for.',
    },
    csms: {
      ClearChargingProfile: 'Remove charging profiles.',
      GetChargingProfiles: 'Ask for the installed charging profiles.',
      GetCompositeSchedule: 'Ask what limits will apply over a period.',
      SetChargingProfile: 'Limit power or current over time.',
    },
  }),
  ...block('Firmware management', {
    chargePoint: {
      FirmwareStatusNotification: 'Report how the firmware update goes.',
      PublishFirmwareStatusNotification: 'Report how publishing firmware locally goes.',
    },
    csms: {
      PublishFirmware: 'Have a local controller offer firmware to its stations.',
      UnpublishFirmware: 'Have a local controller withdraw firmware.',
      UpdateFirmware: 'Have firmware fetched and installed.',
    },
  }),
  ...block('Certificate management', {
    chargePoint: {
      Get15118EVCertificate: 'Ask for a contract certificate for a vehicle.',
      GetCertificateStatus: 'Ask whether a certificate was revoked.',
    },
    csms: {
      DeleteCertificate: 'Remove an installed certificate.',
      GetInstalledCertificateIds: 'List installed certificates.',
      InstallCertificate: 'Install a root certificate.',
    },
  }),
  ...block('Diagnostics', {
    chargePoint: {
      LogStatusNotification: 'Report how the log upload goes.',
      NotifyCustomerInformation: 'Deliver customer data that was asked for.',
      NotifyEvent: 'Report events of monitored variables.',
      NotifyMonitoringReport: 'Deliver monitoring settings that were asked for.',
    },
    csms: {
      ClearVariableMonitoring: 'Remove monitors of variables.',
      CustomerInformation: 'Ask for, or clear, the data kept about a customer.',
      GetLog: 'Have a diagnostics or security log uploaded.',
      GetMonitoringReport: 'Ask which variables are monitored.',
      SetMonitoringBase: 'Choose the basic set of monitors.',
      SetMonitoringLevel: 'Choose from which severity on events are reported.',
      SetVariableMonitoring: 'Watch variables for thresholds or at intervals.',
    },
  }),
  ...block('Display message', {
    chargePoint: { NotifyDisplayMessages: 'Deliver the configured display messages.' },
    csms: {
      ClearDisplayMessage: 'Remove a display message.',
      GetDisplayMessages: 'Ask for the configured display messages.',
      SetDisplayMessage: "Show a message on the station's display.",
    },
  }),
  ...block('Data transfer', { both: { DataTransfer: 'Exchange data that only one vendor defines.' } }),
};

import { type ActionTable, block } from '../action-info.ts';

/** OCPP 1.6 with its security extension: 39 actions. */
export const ACTIONS_16: ActionTable = {
  ...block('Core', {
    chargePoint: {
      Authorize: 'Ask whether a token may charge.',
      BootNotification: 'Announce the charge point after a start and ask for the time.',
      Heartbeat: 'Show that the charge point is there and ask for the time.',
      MeterValues: 'Report meter readings.',
      StartTransaction: 'Report that a charging session began.',
      StatusNotification: "Report a connector's state or error.",
      StopTransaction: 'Report that a charging session ended.',
    },
    csms: {
      ChangeAvailability: 'Take a connector or the whole charge point into or out of service.',
      ChangeConfiguration: 'Set one configuration key.',
      ClearCache: 'Empty the cache of known tokens.',
      GetConfiguration: 'Read configuration keys.',
      RemoteStartTransaction: 'Start a charging session from here.',
      RemoteStopTransaction: 'Stop a charging session from here.',
      Reset: 'Restart the charge point.',
      UnlockConnector: 'Release a stuck cable.',
    },
    both: { DataTransfer: 'Exchange data that only one vendor defines.' },
  }),
  ...block('Firmware management', {
    chargePoint: {
      DiagnosticsStatusNotification: 'Report how the diagnostics upload goes.',
      FirmwareStatusNotification: 'Report how the firmware update goes.',
    },
    csms: {
      GetDiagnostics: 'Have diagnostics uploaded to a location.',
      UpdateFirmware: 'Have firmware fetched and installed.',
    },
  }),
  ...block('Local authorization list', {
    csms: {
      GetLocalListVersion: 'Read the version of the local list of tokens.',
      SendLocalList: 'Replace or change the local list of tokens.',
    },
  }),
  ...block('Reservation', {
    csms: {
      CancelReservation: 'Give a reserved connector free again.',
      ReserveNow: 'Keep a connector for one token until a given time.',
    },
  }),
  ...block('Smart charging', {
    csms: {
      ClearChargingProfile: 'Remove charging profiles.',
      GetCompositeSchedule: 'Ask what limits will apply over a period.',
      SetChargingProfile: 'Limit power or current over time.',
    },
  }),
  ...block('Remote trigger', { csms: { TriggerMessage: 'Ask for a message right now.' } }),
  ...block('Security', {
    chargePoint: {
      LogStatusNotification: 'Report how the log upload goes.',
      SecurityEventNotification: 'Report something that matters for security.',
      SignCertificate: 'Ask for a certificate to be signed.',
      SignedFirmwareStatusNotification: 'Report how the signed firmware update goes.',
    },
    csms: {
      CertificateSigned: 'Deliver a signed certificate.',
      DeleteCertificate: 'Remove an installed certificate.',
      ExtendedTriggerMessage: 'Ask for a message right now, security messages included.',
      GetInstalledCertificateIds: 'List installed root certificates.',
      GetLog: 'Have a diagnostics or security log uploaded.',
      InstallCertificate: 'Install a root certificate.',
      SignedUpdateFirmware: 'Have signed firmware fetched and installed.',
    },
  }),
};

import { type ActionTable, block } from '../action-info.ts';
import { ACTIONS_201 } from '../v201/actions.ts';

/** OCPP 2.1: the 64 actions of 2.0.1 and 27 more. */
export const ACTIONS_21: ActionTable = {
  ...ACTIONS_201,
  ...block('Authorization', {
    chargePoint: { VatNumberValidation: 'Ask whether a VAT number is valid.' },
    csms: { NotifyWebPaymentStarted: 'Tell the station that someone is paying on the web for an EVSE.' },
  }),
  ...block('Tariff and cost', {
    chargePoint: { NotifySettlement: 'Report how a payment at the terminal was settled.' },
    csms: {
      ChangeTransactionTariff: 'Change the tariff of a running session.',
      ClearTariffs: 'Remove tariffs.',
      GetTariffs: 'List the installed tariffs.',
      SetDefaultTariff: 'Install the tariff for those who have none of their own.',
    },
  }),
  ...block('Smart charging', {
    chargePoint: {
      NotifyPriorityCharging: 'Report that priority charging began or ended.',
      PullDynamicScheduleUpdate: 'Ask for the present values of a dynamic profile.',
    },
    csms: {
      UpdateDynamicSchedule: 'Change the limits of a dynamic profile at once.',
      UsePriorityCharging: 'Let a session charge with priority, or no longer.',
    },
  }),
  ...block('Certificate management', {
    chargePoint: { GetCertificateChainStatus: 'Ask whether any certificate of a chain was revoked.' },
  }),
  ...block('Diagnostics', {
    chargePoint: {
      ClosePeriodicEventStream: 'Announce that a stream of values ends.',
      OpenPeriodicEventStream: 'Ask to begin a stream of values.',
    },
    csms: {
      AdjustPeriodicEventStream: 'Change how often a stream of values sends.',
      GetPeriodicEventStream: 'List the open streams of values.',
    },
  }),
  NotifyPeriodicEventStream: {
    from: 'charge-point',
    block: 'Diagnostics',
    summary: 'Deliver the values of a stream.',
    send: true,
  },
  ...block('Bidirectional power', {
    csms: {
      AFRRSignal: 'Pass on a frequency restoration signal of the grid.',
      NotifyAllowedEnergyTransfer: 'Say which kinds of energy transfer a session may use.',
    },
  }),
  ...block('DER control', {
    chargePoint: {
      NotifyDERAlarm: 'Report that a grid limit was crossed, or no longer is.',
      NotifyDERStartStop: 'Report that a grid control took effect or ended.',
      ReportDERControl: 'Deliver the grid controls that were asked for.',
    },
    csms: {
      ClearDERControl: 'Remove grid controls.',
      GetDERControl: 'Ask for the installed grid controls.',
      SetDERControl: 'Install a control that supports the grid.',
    },
  }),
  ...block('Battery swap', {
    chargePoint: { BatterySwap: 'Report batteries that were put in or taken out.' },
    csms: { RequestBatterySwap: 'Start a battery swap from here.' },
  }),
};

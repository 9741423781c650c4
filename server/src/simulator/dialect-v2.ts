import type { Reading } from './meter.ts';
import { type Call, type ChargingSession, type Connector, type Dialect, type Station, timestamp } from './station.ts';
import { asPayload, asText, type Payload } from './wire-values.ts';

/** OCPP 2.0.1 and 2.1 as a charging station speaks them: what we send is the same in both. */
export const DIALECT_2: Dialect = {
  boot: ({ hardware }, reason) => ({
    action: 'BootNotification',
    payload: {
      chargingStation: {
        model: hardware.model,
        vendorName: hardware.vendor,
        firmwareVersion: hardware.firmwareVersion,
        serialNumber: hardware.serialNumber,
        modem: { iccid: hardware.iccid, imsi: hardware.imsi },
      },
      reason,
    },
  }),
  status: (station, connector) => ({
    action: 'StatusNotification',
    payload: {
      timestamp: timestamp(station),
      connectorStatus: statusName(connector),
      evseId: connector.id,
      connectorId: 1,
    },
  }),
  faultEvents,
  open,
  async sample(station, session, reading) {
    const meterValue = meterValues(station, reading, 'Sample.Periodic');
    const event = { eventType: 'Updated', triggerReason: 'MeterValuePeriodic', info: { chargingState: 'Charging' } };
    await station.deliver(transactionEvent(station, session, { ...event, meterValue }));
  },
  async close(station, session, reading) {
    const { stopReason } = session;
    await station.deliver(
      transactionEvent(station, session, {
        eventType: 'Ended',
        triggerReason: END_TRIGGERS.get(stopReason) ?? 'StopAuthorized',
        info: { chargingState: 'Idle', stoppedReason: stopReason },
        meterValue: meterValues(station, reading, 'Transaction.End'),
        idToken: true,
      }),
    );
  },
};

/** @see OCPP 2.0.1 part 2, E06-E07: stoppedReason and the trigger that belongs to it. */
const END_TRIGGERS: ReadonlyMap<string, string> = new Map([
  ['Remote', 'RemoteStop'],
  ['ImmediateReset', 'ResetCommand'],
  ['DeAuthorized', 'Deauthorized'],
]);

async function open(station: Station, session: ChargingSession, connector: Connector): Promise<boolean> {
  const { request } = session;
  const idToken = { idToken: request.idToken, type: request.tokenType };
  const asks = !request.remote || station.configuration.get('AuthCtrlr/AuthorizeRemoteStart')?.value === 'true';
  if (asks) {
    const answer = await station.deliver({ action: 'Authorize', payload: { idToken } });
    if (!mayCharge(station, session, answer)) return false;
  }
  if (session.ending.aborted) return false;
  session.transactionId = station.newId();
  session.startedAt = station.now();
  const reading = { energyWh: connector.meterWh };
  const started = await station.deliver(
    transactionEvent(station, session, {
      eventType: 'Started',
      triggerReason: request.remote ? 'RemoteStart' : 'Authorized',
      info: {
        chargingState: 'EVConnected',
        ...(request.remoteStartId === undefined ? {} : { remoteStartId: request.remoteStartId }),
      },
      meterValue: [
        { timestamp: timestamp(station), sampledValue: [energySample(reading.energyWh, 'Transaction.Begin')] },
      ],
      idToken: true,
    }),
  );
  const info = asPayload(started?.idTokenInfo);
  if (!session.request.freeForAll && info.status !== undefined && info.status !== 'Accepted')
    session.end('DeAuthorized');
  if (!session.ending.aborted) {
    const event = { eventType: 'Updated', triggerReason: 'ChargingStateChanged', info: { chargingState: 'Charging' } };
    await station.deliver(transactionEvent(station, session, event));
  }
  return true;
}

/** Refused but free for everyone: as if started with a button. @see OCPP 2.0.1 part 2, C02 */
function mayCharge(station: Station, { request }: ChargingSession, answer: Payload | null): boolean {
  const status = asText(asPayload(answer?.idTokenInfo).status) ?? 'no answer';
  if (status === 'Accepted' || answer === null) return answer !== null;
  station.tokenRefused(request, status);
  if (!request.freeForAll) return false;
  request.idToken = '';
  request.tokenType = 'NoAuthorization';
  return true;
}

interface TransactionMoment {
  eventType: string;
  triggerReason: string;
  info: Payload;
  meterValue?: Payload[];
  idToken?: boolean;
}

export function transactionEvent(station: Station, session: ChargingSession, moment: TransactionMoment): Call {
  const { request } = session;
  return {
    action: 'TransactionEvent',
    payload: {
      eventType: moment.eventType,
      timestamp: timestamp(station),
      triggerReason: moment.triggerReason,
      seqNo: session.seqNo++,
      transactionInfo: { transactionId: session.transactionId, ...moment.info },
      evse: { id: session.connectorId, connectorId: 1 },
      ...(moment.eventType === 'Started' && session.reservationId !== null
        ? { reservationId: session.reservationId }
        : {}),
      ...(moment.idToken ? { idToken: { idToken: request.idToken, type: request.tokenType } } : {}),
      ...(moment.meterValue ? { meterValue: moment.meterValue } : {}),
    },
  };
}

export function meterValues(station: Station, reading: Reading, context: string): Payload[] {
  const sample = (measurand: string, value: number, unit: string, more: Payload = {}) => ({
    value,
    context,
    measurand,
    ...more,
    unitOfMeasure: { unit },
  });
  const perPhase = (measurand: string, value: number, unit: string, phases: string[]) =>
    phases.map((phase) => sample(measurand, value, unit, { phase, location: 'Outlet' }));
  return [
    {
      timestamp: timestamp(station),
      sampledValue: [
        energySample(reading.energyWh, context),
        sample('Power.Active.Import', reading.powerW, 'W', { location: 'Outlet' }),
        ...perPhase('Current.Import', reading.currentA, 'A', ['L1', 'L2', 'L3']),
        ...perPhase('Voltage', reading.voltageV, 'V', ['L1-N', 'L2-N', 'L3-N']),
        sample('SoC', reading.socPercent, 'Percent', { location: 'EV' }),
      ],
    },
  ];
}

function energySample(energyWh: number, context: string): Payload {
  const measurand = 'Energy.Active.Import.Register';
  return { value: energyWh, context, measurand, location: 'Outlet', unitOfMeasure: { unit: 'Wh' } };
}

/** @see OCPP 2.0.1 part 2, N07: the problem of a connector, as a monitor reports it. */
function faultEvents(station: Station, connector: Connector): Call[] {
  const { faulted, id } = connector;
  const event = {
    eventId: id,
    timestamp: timestamp(station),
    trigger: 'Alerting',
    actualValue: String(faulted),
    ...(faulted ? { techCode: 'GroundFailure', techInfo: 'Residual current above the limit' } : { cleared: true }),
    eventNotificationType: 'HardWiredNotification',
    component: { name: 'Connector', evse: { id, connectorId: 1 } },
    variable: { name: 'Problem' },
  };
  return [
    { action: 'NotifyEvent', payload: { generatedAt: timestamp(station), seqNo: 0, tbc: false, eventData: [event] } },
  ];
}

function statusName(connector: Connector): string {
  if (connector.faulted) return 'Faulted';
  if (connector.phase !== 'idle') return 'Occupied';
  if (!connector.operative) return 'Unavailable';
  return connector.reservationId === null ? 'Available' : 'Reserved';
}

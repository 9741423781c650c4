import type { Reading } from './meter.ts';
import { type Call, type ChargingSession, type Connector, type Dialect, type Station, timestamp } from './station.ts';
import { asInteger, asPayload, asText, type Payload } from './wire-values.ts';

/** OCPP 1.6 as a charge point speaks it. */
export const DIALECT_16: Dialect = {
  boot: ({ hardware }) => ({
    action: 'BootNotification',
    payload: {
      chargePointVendor: hardware.vendor,
      chargePointModel: hardware.model,
      chargePointSerialNumber: hardware.serialNumber,
      firmwareVersion: hardware.firmwareVersion,
      iccid: hardware.iccid,
      imsi: hardware.imsi,
    },
  }),
  status: (station, connector) => ({
    action: 'StatusNotification',
    payload: {
      connectorId: connector.id,
      errorCode: connector.faulted ? 'GroundFailure' : 'NoError',
      ...(connector.faulted ? { info: 'Residual current above the limit' } : {}),
      status: statusName(connector),
      timestamp: timestamp(station),
    },
  }),
  faultEvents: () => [],
  open,
  async sample(station, session, reading) {
    await station.deliver(meterValues(station, session, reading));
  },
  async close(station, session, reading) {
    const transactionId = Number(session.transactionId);
    await station.deliver({
      action: 'StopTransaction',
      payload: {
        transactionId,
        idTag: session.request.idToken,
        meterStop: reading.energyWh,
        timestamp: timestamp(station),
        reason: session.stopReason,
        transactionData: [{ timestamp: timestamp(station), sampledValue: sampledValues(reading, 'Transaction.End') }],
      },
    });
  },
};

async function open(station: Station, session: ChargingSession, connector: Connector): Promise<boolean> {
  const idTag = session.request.idToken;
  const asks = !session.request.remote || station.configuration.get('AuthorizeRemoteTxRequests')?.value === 'true';
  if (asks) {
    const answer = await station.deliver({ action: 'Authorize', payload: { idTag } });
    if (!mayCharge(station, session, answer)) return false;
  }
  if (session.ending.aborted) return false;
  session.startedAt = station.now();
  const started = await station.deliver({
    action: 'StartTransaction',
    payload: {
      connectorId: connector.id,
      idTag,
      meterStart: connector.meterWh,
      timestamp: timestamp(station),
      ...(session.reservationId === null ? {} : { reservationId: session.reservationId }),
    },
  });
  const transactionId = asInteger(started?.transactionId);
  if (transactionId === undefined) return false;
  session.transactionId = String(transactionId);
  if (!session.request.freeForAll && asPayload(started?.idTagInfo).status !== 'Accepted') session.end('DeAuthorized');
  return true;
}

function mayCharge(station: Station, { request }: ChargingSession, answer: Payload | null): boolean {
  const status = asText(asPayload(answer?.idTagInfo).status) ?? 'no answer';
  if (status === 'Accepted' || answer === null) return answer !== null;
  station.tokenRefused(request, status);
  return request.freeForAll === true;
}

function meterValues(station: Station, session: ChargingSession, reading: Reading): Call {
  return {
    action: 'MeterValues',
    payload: {
      connectorId: session.connectorId,
      transactionId: Number(session.transactionId),
      meterValue: [{ timestamp: timestamp(station), sampledValue: sampledValues(reading, 'Sample.Periodic') }],
    },
  };
}

export function sampledValues(reading: Reading, context: string): Payload[] {
  const sample = (measurand: string, value: number, unit: string, more: Payload = {}) => ({
    value: String(value),
    context,
    measurand,
    ...more,
    unit,
  });
  return [
    sample('Energy.Active.Import.Register', reading.energyWh, 'Wh', { location: 'Outlet' }),
    sample('Power.Active.Import', reading.powerW, 'W', { location: 'Outlet' }),
    ...['L1', 'L2', 'L3'].map((phase) =>
      sample('Current.Import', reading.currentA, 'A', { phase, location: 'Outlet' }),
    ),
    ...['L1-N', 'L2-N', 'L3-N'].map((phase) => sample('Voltage', reading.voltageV, 'V', { phase, location: 'Outlet' })),
    sample('SoC', reading.socPercent, 'Percent', { location: 'EV' }),
  ];
}

function statusName(connector: Connector): string {
  if (connector.faulted) return 'Faulted';
  if (connector.phase === 'plugged') return 'Preparing';
  if (connector.phase === 'charging') return 'Charging';
  if (connector.phase === 'finishing') return 'Finishing';
  if (!connector.operative) return 'Unavailable';
  return connector.reservationId === null ? 'Available' : 'Reserved';
}

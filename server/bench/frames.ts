/** The mix of a fleet that charges: heartbeats, status and TransactionEvents with ten samples each, OCPP 2.0.1. */
const MEASURANDS = [
  'Energy.Active.Import.Register',
  'Power.Active.Import',
  'Current.Import',
  'Voltage',
  'SoC',
] as const;

export function frameOf(turn: number, charger: number): string {
  const messageId = `${charger}-${turn}`;
  const timestamp = new Date().toISOString();
  if (turn === 0) {
    return JSON.stringify([
      2,
      messageId,
      'BootNotification',
      { reason: 'PowerUp', chargingStation: { model: 'Bench', vendorName: 'Acme' } },
    ]);
  }
  switch (turn % 3) {
    case 0:
      return JSON.stringify([2, messageId, 'Heartbeat', {}]);
    case 1:
      return JSON.stringify([
        2,
        messageId,
        'StatusNotification',
        { timestamp, connectorStatus: 'Occupied', evseId: 1, connectorId: 1 },
      ]);
    default:
      return JSON.stringify([2, messageId, 'TransactionEvent', transactionEvent(turn, charger, timestamp)]);
  }
}

function transactionEvent(turn: number, charger: number, timestamp: string): Record<string, unknown> {
  const sampledValue = Array.from({ length: 10 }, (_, n) => ({
    value: turn * 10 + n,
    context: 'Sample.Periodic',
    measurand: MEASURANDS[n % MEASURANDS.length],
    ...(n < 5 ? {} : { phase: 'L1' }),
    location: 'Outlet',
    unitOfMeasure: { unit: 'Wh', multiplier: 0 },
  }));
  return {
    eventType: turn === 2 ? 'Started' : 'Updated',
    timestamp,
    triggerReason: turn === 2 ? 'Authorized' : 'MeterValuePeriodic',
    seqNo: (turn - 2) / 3,
    transactionInfo: { transactionId: `bench-${charger}`, chargingState: 'Charging' },
    evse: { id: 1, connectorId: 1 },
    meterValue: [{ timestamp, sampledValue }],
  };
}

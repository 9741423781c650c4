import { withReadings } from '@cpo-console/shared/projection/meter-readings.ts';
import type { TransactionRecord } from '../../charge-points/transactions/transaction-record.ts';
import type { Readings } from '../../charge-points/transactions/transactions.ts';
import type { HandlerDeps } from '../handlers/handler.ts';

/** The record after what the meter said. */
export function metered(record: TransactionRecord, meterValue: unknown, now: number): TransactionRecord {
  return { ...record, ...withReadings(record, meterValue, now) };
}

/** The energy register in Wh at the end of these readings, null when they don't tell. */
export function registerOf(record: TransactionRecord, meterValue: unknown, now: number): number | null {
  return withReadings({ ...record, meterStartWh: 0, energyWh: null, lastMeterAt: null }, meterValue, now).energyWh;
}

/** Keeps readings that came on their own: with the transaction that they name, else as the charge point's. */
export async function keepReadings(
  { transactions }: Pick<HandlerDeps, 'transactions'>,
  readings: Readings,
  of: { transactionId: string | null; now: number },
): Promise<void> {
  const { transactionId, now } = of;
  const record = transactionId === null ? undefined : await transactions.find(readings.thingName, transactionId);
  if (record === undefined) return transactions.addReadings(readings);
  const next = metered(record, readings.content, now);
  return transactions.save(record.active ? next : { ...next, powerW: null }, readings);
}

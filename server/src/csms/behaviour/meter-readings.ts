import { withReadings } from '@cpo-console/shared/projection/meter-readings.ts';
import type { TransactionRecord } from '../../charge-points/transactions/transaction-record.ts';

/** The record after what the meter said. */
export function metered(record: TransactionRecord, meterValue: unknown, now: number): TransactionRecord {
  return { ...record, ...withReadings(record, meterValue, now) };
}

/** The energy register in Wh at the end of these readings, null when they don't tell. */
export function registerOf(record: TransactionRecord, meterValue: unknown, now: number): number | null {
  return withReadings({ ...record, meterStartWh: 0, energyWh: null, lastMeterAt: null }, meterValue, now).energyWh;
}

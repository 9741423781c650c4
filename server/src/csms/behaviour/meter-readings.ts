import { withReadings } from '@cpo-console/shared/projection/meter-readings.ts';
import type { TransactionRecord } from '../../charge-points/transactions/transaction-record.ts';

/** The record after what the meter said. */
export function metered(record: TransactionRecord, meterValue: unknown, now: number): TransactionRecord {
  return { ...record, ...withReadings(record, meterValue, now) };
}

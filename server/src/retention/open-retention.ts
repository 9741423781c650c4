import type { Records } from '../charge-points/records.ts';
import type { Database } from '../database/database.ts';
import type { Imports } from '../message-log/imports/imports.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import { createPins, type Pins } from './pins.ts';
import { prunableImports, prunableLog } from './prunable-log.ts';
import { prunableRecords } from './prunable-records.ts';
import { createRetention, type RetentionService } from './retention.ts';

export interface OpenRetentionOptions {
  database: Pick<Database, 'query' | 'write' | 'follow' | 'bytes'>;
  log: MessageLog;
  imports: Imports;
  logFiles: Records['logFiles'];
  messageDays: number;
  now: () => number;
  newId: () => string;
  onTrouble: (error: unknown) => void;
}

export async function openRetention(
  options: OpenRetentionOptions,
): Promise<{ retention: RetentionService; pins: Pins }> {
  const { log, imports } = options;
  const pins = createPins(options);
  const kinds = {
    messages: prunableLog({ log, pins }),
    imports: prunableImports(imports),
    ...prunableRecords(options),
  };
  return { retention: await createRetention({ ...options, kinds }), pins };
}

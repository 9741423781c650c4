import type { Command } from './commands.ts';
import type { Message } from './messages.ts';
import type { DoorEntry, FleetSummary, Thing } from './things.ts';
import type { Transaction } from './transactions.ts';

/** Records of a charge point that are worth fetching again. */
export interface ChangedRecords {
  thingName: string;
  records:
    | 'firmware'
    | 'security-events'
    | 'event-streams'
    | 'variables'
    | 'reservations'
    | 'charging-profiles'
    | 'charging-reports'
    | 'local-list'
    | 'unknown-tokens';
}

/** Events of GET /api/v1/stream; `id:` is the position in the log, so that Last-Event-ID resumes. */
export interface StreamEvents {
  message: Message;
  /** The other half of an exchange that is carried as a message, where the filter keeps it away. */
  partner: Message;
  /** Messages that were not sent: too many a second, older than a stream resumes, or of another log. */
  skipped: { count: number; reason: 'rate' | 'too-old' | 'other-log' };
  /** State after a change; fleet-wide streams carry at most a few batches a second. */
  thing: { things: Thing[]; removed: string[] };
  command: Command;
  /** New and changed sessions. */
  transaction: Transaction[];
  changed: ChangedRecords;
  summary: FleetSummary;
  door: DoorEntry[];
}

import type { DatabaseRequest, StatementResult } from '../engine.ts';

export interface RequestFailure {
  message: string;
  /** As SQLite spells it, for example `SQLITE_CONSTRAINT_UNIQUE`. */
  code: string | null;
}

export type DatabaseReply = { ok: true; result: StatementResult | null } | { ok: false; failure: RequestFailure };

export interface BatchAnswer {
  replies: DatabaseReply[];
  /** The storage itself failed: nothing is wrong with the statements. */
  storageFailure: string | null;
}

export type ToWorker = { kind: 'batch'; requests: DatabaseRequest[] } | { kind: 'close' };

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'cannot-open'; failure: RequestFailure }
  | { kind: 'answer'; answer: BatchAnswer };

/** What may be bound to a `?`. Times are numbers, JSON is text. */
export type SqlValue = null | number | bigint | string | Uint8Array;

export interface Statement {
  sql: string;
  parameters: SqlValue[];
}

/** Several statements are all or nothing; their rows are not returned. */
export interface DatabaseRequest {
  kind: 'read' | 'write';
  statements: Statement[];
}

export interface StatementResult {
  rows: unknown[];
  changes: number;
  lastInsertRowid: number | bigint;
}

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

/** What may be bound to a parameter. Times are numbers, JSON is text. */
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

/** The database refused a statement or could not store it. `code` is the database's own. */
export class DatabaseError extends Error {
  override readonly name: string = 'DatabaseError';
  readonly code: string | null;
  constructor(message: string, code: string | null) {
    super(message);
    this.code = code;
  }
}

/** The database can't be used just now: nothing is wrong with what was asked. The message is for staff, in plain words. */
export class DatabaseAwayError extends DatabaseError {
  override readonly name = 'DatabaseAwayError';
  readonly statusCode = 503;
}

/** Runs SQL off the event loop, in the database's own dialect. */
export interface DatabaseEngine {
  /**
   * Writes happen in the order in which they were asked for, and many share a commit; a read sees those before it.
   * @returns null for several statements
   * @throws DatabaseError
   */
  execute(request: DatabaseRequest): Promise<StatementResult | null>;
  /** Work that takes as long as it takes, and that no other process does meanwhile: it gets its own way to the database. */
  exclusively(work: (execute: DatabaseEngine['execute']) => Promise<void>): Promise<void>;
  /** Reads and takes anew what another process has written to a table. Absent where there can be none. */
  follow?(table: string, reading: { read(): Promise<() => void> }): void;
  /** One line while it can't be used. */
  trouble(): string | null;
  /** What was asked for before is done first. */
  close(): Promise<void>;
}

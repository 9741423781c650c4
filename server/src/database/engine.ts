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
  override readonly name = 'DatabaseError';
  readonly code: string | null;
  constructor(message: string, code: string | null) {
    super(message);
    this.code = code;
  }
}

/** Runs SQL off the event loop, in the database's own dialect. */
export interface DatabaseEngine {
  /**
   * Writes happen in the order in which they were asked for, and many share a commit; a read sees those before it.
   * @returns null for several statements
   * @throws DatabaseError
   */
  execute(request: DatabaseRequest): Promise<StatementResult | null>;
  /** One line while it can't be used. */
  trouble(): string | null;
  /** What was asked for before is done first. */
  close(): Promise<void>;
}

import type { CompiledQuery, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** One query builder over SQLite and PostgreSQL. Queries run off the event loop. */
export interface Database {
  /** Build any query; executing one outside `write` commits it by itself. */
  readonly query: Kysely<Schema>;
  /** All or nothing, durable when resolved. Many callers share one commit. */
  write(...queries: CompiledQuery[]): Promise<void>;
  /** For what is kept in memory: it is read and taken anew when another process has written to the table. */
  follow<Read>(table: keyof Schema, read: () => Promise<Read>, take: (found: Read) => void): void;
  /** How much it takes on disk. */
  bytes(): Promise<number>;
  /** One line for the health page when it can't be used just now, else null. */
  trouble(): string | null;
  close(): Promise<void>;
}

import type { CompiledQuery } from 'kysely';
import type { SqlValue, Statement } from './engine.ts';

/** Checked on this side: one parameter that can't be passed on would take its whole batch down. */
export function toStatement({ sql, parameters }: CompiledQuery): Statement {
  return { sql, parameters: parameters.map(toSqlValue) };
}

function toSqlValue(value: unknown): SqlValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      if (value === null) return null;
      // A copy, because a Buffer is often a window on a much larger pool, which would be sent as a whole.
      if (value instanceof Uint8Array) return new Uint8Array(value);
      throw new TypeError(`A ${typeof value} can't be stored in the database`);
  }
}

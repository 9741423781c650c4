import type { Compilable, CompiledQuery } from 'kysely';

/**
 * Builds a statement once, for hot paths. Each use fills in the parameters, in the order in which the statement that was
 * built has its own.
 */
export function prepare(statement: Compilable): (parameters: readonly unknown[]) => CompiledQuery {
  const compiled = statement.compile();
  return (parameters) => {
    if (parameters.length !== compiled.parameters.length) {
      throw new Error(`Expected ${compiled.parameters.length} parameters, got ${parameters.length}`);
    }
    return { ...compiled, parameters };
  };
}

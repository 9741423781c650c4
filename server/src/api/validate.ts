import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';

/**
 * Checks requests against their TypeBox schemas. What comes as text (query, path) is converted; a body is taken as it
 * is, so that `"5"` is not silently a number.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  return (value: unknown) => {
    const candidate =
      httpPart === 'body' ? value : Value.Convert(schema, Value.Default(schema, { ...(value as object) }));
    if (compiled.Check(candidate)) return { value: candidate };
    return { error: compiled.Errors(candidate) as FastifySchemaValidationError[] };
  };
};

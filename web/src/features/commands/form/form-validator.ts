import type { ErrorSchema, RJSFSchema, ValidatorType } from '@rjsf/utils';
import { type Finding, type JsonSchema, lint } from '../api/schema.ts';

/**
 * The library's own validator compiles schemas with `new Function`, which our content security policy forbids. Ours says the
 * same as the JSON tab; the server has the last word.
 */
export function createFormValidator(words: (finding: Finding) => string): ValidatorType {
  const findings = (schema: RJSFSchema, data: unknown, root: RJSFSchema = schema): Finding[] =>
    lint(data, schema as JsonSchema, root as JsonSchema);
  return {
    validateFormData: (data, schema) => ({ errors: [], errorSchema: toErrorSchema(findings(schema, data), words) }),
    isValid: (schema, data, root) => findings(schema, data, root).length === 0,
    rawValidation: () => ({}),
  };
}

function toErrorSchema(findings: readonly Finding[], words: (finding: Finding) => string): ErrorSchema {
  const root: ErrorSchema = {};
  for (const finding of findings) {
    let place = root as Record<string, ErrorSchema>;
    for (const member of finding.path.split('/').slice(1)) {
      place[member] ??= {};
      place = place[member] as Record<string, ErrorSchema>;
    }
    const at = place as ErrorSchema;
    at.__errors = [...(at.__errors ?? []), words(finding)];
  }
  return root;
}

import type { OcppErrorCode, Violation } from '../ocpp-j/frame.ts';

/** What a compiled schema says about one broken rule. */
export interface SchemaError {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
}

/** More violations than this in one payload are not recorded: nobody reads them, and a log row stays small. */
export const MAX_VIOLATIONS = 20;

const CODES: Record<string, OcppErrorCode> = {
  type: 'TypeConstraintViolation',
  required: 'OccurrenceConstraintViolation',
  minItems: 'OccurrenceConstraintViolation',
  maxItems: 'OccurrenceConstraintViolation',
  additionalItems: 'OccurrenceConstraintViolation',
  enum: 'PropertyConstraintViolation',
  minLength: 'PropertyConstraintViolation',
  maxLength: 'PropertyConstraintViolation',
  minimum: 'PropertyConstraintViolation',
  maximum: 'PropertyConstraintViolation',
  multipleOf: 'PropertyConstraintViolation',
};

export function toViolations(errors: readonly SchemaError[]): Violation[] {
  return errors.slice(0, MAX_VIOLATIONS).map((error) => ({
    path: placeOf(error),
    rule: error.keyword,
    message: describe(error),
    code: CODES[error.keyword] ?? 'FormatViolation',
  }));
}

/** JSON pointer to what is wrong; a name that is no member of any specification could be anything. */
function placeOf({ instancePath, keyword, params }: SchemaError): string {
  const { additionalProperty: name } = params;
  return keyword === 'additionalProperties' && isReadable(name) ? `${instancePath}/${name}` : instancePath;
}

/** Says what the rule asks for. Never what was there instead: that may be a secret. */
function describe({ keyword, params }: SchemaError): string {
  switch (keyword) {
    case 'required':
      return `${params.missingProperty} is missing.`;
    case 'additionalProperties':
      return `${readableName(params.additionalProperty)} is not part of this message.`;
    case 'type':
      return `Must be ${withArticle(String(params.type))}.`;
    case 'enum':
      return `Must be one of ${(params.allowedValues as unknown[]).join(', ')}.`;
    case 'maxLength':
      return `Must have at most ${params.limit} characters.`;
    case 'minLength':
      return `Must have at least ${params.limit} characters.`;
    case 'maxItems':
      return `Must have at most ${params.limit} entries.`;
    case 'minItems':
      return `Must have at least ${params.limit} entries.`;
    case 'minimum':
      return `Must be at least ${params.limit}.`;
    case 'maximum':
      return `Must be at most ${params.limit}.`;
    case 'multipleOf':
      return `Must be a multiple of ${params.multipleOf}.`;
    case 'format':
      return params.format === 'date-time'
        ? 'Must be a date and time with a time zone, such as 2026-01-31T12:00:00Z.'
        : `Must be a valid ${String(params.format).toUpperCase()}.`;
    default:
      return `Breaks the rule ${keyword}.`;
  }
}

/** Whether a member's name, as the peer wrote it, is one that could stand in a specification. */
const isReadable = (name: unknown): name is string => typeof name === 'string' && /^[A-Za-z][\w.-]{0,49}$/.test(name);

const readableName = (name: unknown): string => (isReadable(name) ? name : 'A member');

function withArticle(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

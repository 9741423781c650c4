import type { violationEn } from '../i18n/exchange.en.ts';

type Rule = keyof typeof violationEn;
interface Words {
  rule: Rule;
  /** What the rule asks for: a name, a number, a list of words. */
  what: string;
}

/** The log keeps what a rule asks for as an English sentence, see shared/src/ocpp/violation.ts. */
const SENTENCES: readonly [RegExp, Rule][] = [
  [/^(.+) is missing\.$/, 'missing'],
  [/^A member is not part of this message\.$/, 'unnamedExtra'],
  [/^(.+) is not part of this message\.$/, 'extra'],
  [/^Must be an? (string|number|integer|boolean|object|array|null)\.$/, 'type'],
  [/^Must be one of (.+)\.$/, 'oneOf'],
  [/^Must have at most (\S+) characters\.$/, 'maxLength'],
  [/^Must have at least (\S+) characters\.$/, 'minLength'],
  [/^Must have at most (\S+) entries\.$/, 'maxItems'],
  [/^Must have at least (\S+) entries\.$/, 'minItems'],
  [/^Must be at least (\S+)\.$/, 'minimum'],
  [/^Must be at most (\S+)\.$/, 'maximum'],
  [/^Must be a multiple of (\S+)\.$/, 'multipleOf'],
  [/^Must be a date and time with a time zone, such as (\S+)\.$/, 'dateTime'],
  [/^Must be a valid (\S+)\.$/, 'format'],
  [/^Breaks the rule (.+)\.$/, 'other'],
];

/** Which rule a violation's sentence speaks of, to say it in another language; null for a sentence of its own. */
export function violationWords(message: string): Words | null {
  for (const [sentence, rule] of SENTENCES) {
    const found = sentence.exec(message);
    if (found) return { rule, what: found[1] ?? '' };
  }
  return null;
}

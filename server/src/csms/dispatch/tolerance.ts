import type { Tolerance } from '@cpo-console/shared/api/tolerance.ts';
import type { Violation } from '@cpo-console/shared/ocpp-j/frame.ts';

/**
 * Rules that real charge points break without harm: serials that are too long, times without a zone, members and values
 * that are newer than the schema. A handler can still do its work; the log has marked the frame.
 */
const TOLERATED: ReadonlySet<string> = new Set(['maxLength', 'maxItems', 'format', 'enum', 'additionalProperties']);

/** Values that a handler must know to do its work. */
const ESSENTIAL: ReadonlyMap<string, string> = new Map([['TransactionEvent', '/eventType']]);

/** The first violation that a CALL must be refused for, or null. */
export function refusalOf(action: string, violations: readonly Violation[], tolerance: Tolerance): Violation | null {
  if (tolerance === 'strict') return violations[0] ?? null;
  return violations.find(({ rule, path }) => !TOLERATED.has(rule) || ESSENTIAL.get(action) === path) ?? null;
}

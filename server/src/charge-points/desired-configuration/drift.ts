import type { DesiredRule, Drift, DriftState, ReportedVariable } from '@cpo-console/shared/api/configuration.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { variableKey } from '../variables/variable-rows.ts';

/** Rules with a component are about the device model of 2.x, those without about the keys of 1.6. */
export const rulesOfVersion = (rules: readonly DesiredRule[], version: OcppVersion | null): DesiredRule[] =>
  rules.filter(({ component }) => version !== null && (component === null) === (version === 'ocpp1.6'));

/** What is wanted beside what was told. */
export function driftOf(rules: readonly DesiredRule[], reported: readonly ReportedVariable[]): Drift[] {
  const byKey = new Map(reported.map((variable) => [variableKey(variable), variable]));
  return rules.map(({ id, scope, target, applyOnBoot, component, variable, attribute, value }) => {
    const known = byKey.get(variableKey({ component, variable, attribute }));
    return {
      component,
      variable,
      attribute,
      desired: value,
      reported: known?.value ?? null,
      state: stateOf(value, known),
      rule: { id, scope, target, applyOnBoot },
    };
  });
}

function stateOf(desired: string, known: ReportedVariable | undefined): DriftState {
  if (known === undefined || known.value === null) return 'unknown';
  if (isSame(desired, known.value)) return 'in-step';
  return known.mutability === 'ReadOnly' ? 'read-only' : 'differs';
}

/** Some say `True` when they were told `true`, or `10.0` for `10`: that is no difference. */
function isSame(a: string, b: string): boolean {
  if (a === b) return true;
  if (/^(true|false)$/i.test(a)) return a.toLowerCase() === b.toLowerCase();
  const isNumber = /^-?\d{1,15}(\.\d{1,15})?$/;
  return isNumber.test(a) && isNumber.test(b) && Number(a) === Number(b);
}

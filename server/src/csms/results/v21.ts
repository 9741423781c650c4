import { takeGetVariables, takeSetVariables } from '../behaviour/variable-results.ts';
import type { ResultDeps, ResultHandlers } from './result-handlers.ts';

/** What OCPP 2.1 results change. */
export function results21(deps: ResultDeps): ResultHandlers {
  return {
    GetVariables: (result) => takeGetVariables(deps, result),
    SetVariables: (result) => takeSetVariables(deps, result),
  };
}

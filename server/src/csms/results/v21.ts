import { takeGetVariables, takeSetVariables } from '../behaviour/variable-results.ts';
import type { ResultDeps, ResultHandlers } from './result-handlers.ts';

/** What OCPP 2.1 results change. */
export function results21({ variables }: ResultDeps): ResultHandlers {
  return {
    GetVariables: (result) => takeGetVariables(variables, result),
    SetVariables: (result) => takeSetVariables(variables, result),
  };
}

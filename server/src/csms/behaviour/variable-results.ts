import { integerOf, listOf, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import { variableKey } from '../../charge-points/variables/variable-rows.ts';
import type { ResultDeps } from '../results/result-handlers.ts';
import { isPassword, newPassword2, takePasswordAnswer } from './new-password.ts';
import { variableOfEntry } from './report.ts';

interface Exchange {
  thingName: string;
  request: unknown;
  response: unknown;
}

/** What it does not have is forgotten. */
const GONE = ['UnknownComponent', 'UnknownVariable', 'NotSupportedAttributeType'];

/** @see OCPP 2.0.1 part 2, B06 */
export async function takeGetVariables(
  { variables }: Pick<ResultDeps, 'variables'>,
  { thingName, response }: Exchange,
): Promise<void> {
  const results = listOf(membersOf(response).getVariableResult);
  await variables.put(thingName, entriesWith(['Accepted'], results).flatMap(variableOfEntry));
  await variables.forget(thingName, entriesWith(GONE, results).flatMap(variableOfEntry));
}

/** An entry of the answer belongs to the one of the request for the same attribute. @see OCPP 2.0.1 part 2, B05 */
export async function takeSetVariables(
  { variables, registry }: Pick<ResultDeps, 'variables' | 'registry'>,
  { thingName, request, response }: Exchange,
): Promise<void> {
  const results = listOf(membersOf(response).setVariableResult);
  const asked = listOf(membersOf(request).setVariableData).flatMap(variableOfEntry);
  // First, as the charge point may come back with it at once. @see OCPP 2.0.1 part 2, A01
  const password = newPassword2(request);
  if (password !== null) {
    const result = results.find((entry) => variableOfEntry(entry).some(isPassword));
    await takePasswordAnswer(registry, { thingName, password, status: membersOf(result).attributeStatus });
  }
  const keysWith = (status: string) =>
    new Set(entriesWith([status], results).flatMap(variableOfEntry).map(variableKey));
  const atOnce = keysWith('Accepted');
  const afterBoot = keysWith('RebootRequired');
  await variables.put(
    thingName,
    asked.flatMap((variable) => {
      const key = variableKey(variable);
      if (!atOnce.has(key) && !afterBoot.has(key)) return [];
      return [{ ...variable, rebootRequired: afterBoot.has(key) }];
    }),
  );
}

/** Whether a report will come. @see OCPP 2.0.1 part 2, B07 and B08 */
export async function takeReportAnswer(
  { variableReports }: Pick<ResultDeps, 'variableReports'>,
  { thingName, request, response }: Exchange,
): Promise<void> {
  const requestId = integerOf(membersOf(request).requestId);
  const status = textOf(membersOf(response).status);
  if (requestId !== null && status !== null) await variableReports.answered(thingName, { requestId, status });
}

function entriesWith(statuses: readonly string[], results: readonly unknown[]): unknown[] {
  return results.filter((entry) => statuses.includes(String(membersOf(entry).attributeStatus)));
}

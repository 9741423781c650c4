import { listOf, membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Variable, Variables } from '../../charge-points/variables/variables.ts';
import type { Registry } from '../../registry/registry.ts';
import { variableOfEntry } from './report.ts';

interface Exchange {
  thingName: string;
  request: unknown;
  response: unknown;
}

interface Deps {
  variables: Pick<Variables, 'put'>;
  registry: Pick<Registry, 'adoptPassword'>;
}

/** @see OCPP 2.0.1 part 2, B06 */
export async function takeGetVariables(
  { variables }: Pick<Deps, 'variables'>,
  { thingName, response }: Exchange,
): Promise<void> {
  const read = entriesWith(['Accepted'], listOf(membersOf(response).getVariableResult));
  await variables.put(thingName, read.flatMap(variableOfEntry));
}

/** An entry of the answer belongs to the one of the request for the same attribute. @see OCPP 2.0.1 part 2, B05 */
export async function takeSetVariables(
  { variables, registry }: Deps,
  { thingName, request, response }: Exchange,
): Promise<void> {
  const results = listOf(membersOf(response).setVariableResult);
  const asked = listOf(membersOf(request).setVariableData).flatMap(variableOfEntry);
  // First, as the charge point may come back with it at once. @see OCPP 2.0.1 part 2, A01
  const password = asked.findLast(isPassword)?.value ?? null;
  if (password !== null && entriesWith(['Accepted'], results).flatMap(variableOfEntry).some(isPassword)) {
    await registry.adoptPassword(thingName, Buffer.from(password));
  }
  const changed = entriesWith(['Accepted', 'RebootRequired'], results).flatMap(variableOfEntry);
  const places = new Set(changed.map(placeOf));
  await variables.put(
    thingName,
    asked.filter((variable) => places.has(placeOf(variable))),
  );
}

function entriesWith(statuses: readonly string[], results: readonly unknown[]): unknown[] {
  return results.filter((entry) => statuses.includes(String(membersOf(entry).attributeStatus)));
}

/** Names are case-insensitive. */
function isPassword({ component, variable, attribute }: Variable): boolean {
  const name = `${component?.name}/${variable.name}/${attribute}`.toLowerCase();
  return name === 'securityctrlr/basicauthpassword/actual';
}

const placeOf = ({ component, variable, attribute }: Variable): string =>
  JSON.stringify([component, variable, attribute]);

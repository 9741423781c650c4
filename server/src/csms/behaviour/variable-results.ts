import { listOf, membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Variable, Variables } from '../../charge-points/variables/variables.ts';
import { variableOfEntry } from './report.ts';

interface Exchange {
  thingName: string;
  request: unknown;
  response: unknown;
}

/** @see OCPP 2.0.1 part 2, B06 */
export async function takeGetVariables(
  variables: Pick<Variables, 'put'>,
  { thingName, response }: Exchange,
): Promise<void> {
  const results = listOf(membersOf(response).getVariableResult);
  const read = results.filter((entry) => membersOf(entry).attributeStatus === 'Accepted');
  await variables.put(thingName, read.flatMap(variableOfEntry));
}

/** An entry of the answer belongs to the one of the request for the same attribute. @see OCPP 2.0.1 part 2, B05 */
export async function takeSetVariables(variables: Pick<Variables, 'put'>, exchange: Exchange): Promise<void> {
  const accepted = new Set(
    listOf(membersOf(exchange.response).setVariableResult)
      .filter((entry) => ['Accepted', 'RebootRequired'].includes(String(membersOf(entry).attributeStatus)))
      .flatMap(variableOfEntry)
      .map(placeOf),
  );
  const asked = listOf(membersOf(exchange.request).setVariableData).flatMap(variableOfEntry);
  await variables.put(
    exchange.thingName,
    asked.filter((variable) => accepted.has(placeOf(variable))),
  );
}

const placeOf = ({ component, variable, attribute }: Variable): string =>
  JSON.stringify([component, variable, attribute]);

import { listOf, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Variable } from '../../charge-points/variables/variable-rows.ts';
import type { ResultDeps } from '../results/result-handlers.ts';
import { newPassword16, takePasswordAnswer } from './new-password.ts';

const MAX_KEY = 255;
const MAX_VALUE = 2_500;

interface Exchange {
  thingName: string;
  request: unknown;
  response: unknown;
}

/** Asked for no key in particular, it tells all that it has. @see OCPP 1.6 §5.8 */
export async function takeGetConfiguration(
  { variables }: Pick<ResultDeps, 'variables'>,
  { thingName, request, response }: Exchange,
): Promise<void> {
  const { configurationKey, unknownKey } = membersOf(response);
  const told = listOf(configurationKey).flatMap((entry) => {
    const { key, value, readonly } = membersOf(entry);
    return keyOf(key, value, { mutability: readonly === true ? 'ReadOnly' : 'ReadWrite' });
  });
  const isAll = listOf(membersOf(request).key).length === 0;
  if (isAll && told.length > 0) await variables.replace(thingName, told);
  else await variables.put(thingName, told);
  await variables.forget(
    thingName,
    listOf(unknownKey).flatMap((key) => keyOf(key, null, { mutability: null })),
  );
}

/** A value that needs a reboot is what it will be. @see OCPP 1.6 §5.3 */
export async function takeChangeConfiguration(
  { variables, registry }: Pick<ResultDeps, 'variables' | 'registry'>,
  { thingName, request, response }: Exchange,
): Promise<void> {
  const { status } = membersOf(response);
  const { key, value } = membersOf(request);
  if (status === 'NotSupported') await variables.forget(thingName, keyOf(key, null, { mutability: null }));
  // First, as the charge point may come back with it at once.
  const password = newPassword16(request);
  if (password !== null) await takePasswordAnswer(registry, { thingName, password, status });
  if (status !== 'Accepted' && status !== 'RebootRequired') return;
  await variables.put(thingName, keyOf(key, value, { mutability: null, rebootRequired: status === 'RebootRequired' }));
}

function keyOf(key: unknown, value: unknown, facts: Pick<Variable, 'mutability' | 'rebootRequired'>): Variable[] {
  const name = textOf(key, MAX_KEY);
  if (name === null) return [];
  const text = typeof value === 'string' ? value.slice(0, MAX_VALUE) : null;
  return [{ component: null, variable: { name, instance: null }, attribute: 'Actual', value: text, ...facts }];
}

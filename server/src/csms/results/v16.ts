import { listOf, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Variable } from '../../charge-points/variables/variables.ts';
import type { ResultDeps, ResultHandlers } from './result-handlers.ts';

const MAX_KEY = 255;
const MAX_VALUE = 2_500;

/** What OCPP 1.6 results change. */
export function results16({ variables }: ResultDeps): ResultHandlers {
  return {
    /** @see OCPP 1.6 §5.8 */
    async GetConfiguration({ thingName, response }) {
      await variables.put(
        thingName,
        listOf(membersOf(response).configurationKey).flatMap((entry) => {
          const { key, value, readonly } = membersOf(entry);
          return keyOf(key, value, readonly === true ? 'ReadOnly' : 'ReadWrite');
        }),
      );
    },
    /** A value that needs a reboot is what it will be. @see OCPP 1.6 §5.3 */
    async ChangeConfiguration({ thingName, request, response }) {
      const { status } = membersOf(response);
      if (status !== 'Accepted' && status !== 'RebootRequired') return;
      const { key, value } = membersOf(request);
      await variables.put(thingName, keyOf(key, value, null));
    },
  };
}

function keyOf(key: unknown, value: unknown, mutability: string | null): Variable[] {
  const name = textOf(key, MAX_KEY);
  if (name === null) return [];
  const text = typeof value === 'string' ? value.slice(0, MAX_VALUE) : null;
  return [{ component: null, variable: { name, instance: null }, attribute: 'Actual', value: text, mutability }];
}

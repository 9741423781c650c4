import { listOf, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Variable } from '../../charge-points/variables/variables.ts';
import { takeDiagnosticsAnswer, takeJobAnswer } from '../behaviour/job-answer.ts';
import { takeCancelReservation, takeReserveNow } from '../behaviour/reservation-results.ts';
import type { ResultDeps, ResultHandlers } from './result-handlers.ts';

const MAX_KEY = 255;
const MAX_VALUE = 2_500;

/** What OCPP 1.6 results change. */
export function results16(deps: ResultDeps): ResultHandlers {
  const { variables, registry } = deps;
  return {
    GetDiagnostics: (result) => takeDiagnosticsAnswer(deps, result),
    GetLog: (result) => takeJobAnswer(deps, result),
    SignedUpdateFirmware: (result) => takeJobAnswer(deps, result),
    UpdateFirmware: (result) => takeJobAnswer(deps, result),
    CancelReservation: (result) => takeCancelReservation(deps, result),
    ReserveNow: (result) => takeReserveNow(deps, result),
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
      // First, as the charge point may come back with it at once.
      if (status === 'Accepted' && isPassword(key) && typeof value === 'string') {
        await registry.adoptPassword(thingName, passwordBytes(value));
      }
      await variables.put(thingName, keyOf(key, value, null));
    },
  };
}

/** Keys are of a CiString type: case does not matter. */
const isPassword = (key: unknown): boolean => typeof key === 'string' && key.toLowerCase() === 'authorizationkey';

/** A key travels as hexadecimal digits and is used as raw bytes. @see OCPP 1.6 security whitepaper, A00 */
function passwordBytes(value: string): Buffer {
  const isHex = value.length <= 40 && /^([0-9a-f]{2})+$/i.test(value);
  return Buffer.from(value, isHex ? 'hex' : 'utf8');
}

function keyOf(key: unknown, value: unknown, mutability: string | null): Variable[] {
  const name = textOf(key, MAX_KEY);
  if (name === null) return [];
  const text = typeof value === 'string' ? value.slice(0, MAX_VALUE) : null;
  return [{ component: null, variable: { name, instance: null }, attribute: 'Actual', value: text, mutability }];
}

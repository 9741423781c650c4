import { listOf, membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Variable } from '../../charge-points/variables/variable-rows.ts';
import type { Registry } from '../../registry/registry.ts';
import type { RequestHandler } from '../requests/request-handlers.ts';
import { variableOfEntry } from './report.ts';

type PasswordOf = (payload: unknown) => Buffer | null;

/**
 * What a charge point is told to use it may use from the moment on when it hears of it, and its answer may be lost: so it
 * gets in with it from before it is sent.
 */
export function passwordChange(registry: Pick<Registry, 'offerPassword'>, passwordOf: PasswordOf): RequestHandler {
  return {
    async sending({ thingName, payload }) {
      const password = passwordOf(payload);
      if (password !== null) await registry.offerPassword(thingName, password);
    },
  };
}

export interface PasswordAnswer {
  thingName: string;
  password: Buffer;
  status: unknown;
}

/** With `RebootRequired`, and whatever nobody knows, it may come with either. */
export async function takePasswordAnswer(
  registry: Pick<Registry, 'adoptPassword' | 'withdrawPassword'>,
  { thingName, password, status }: PasswordAnswer,
): Promise<void> {
  if (status === 'Accepted') await registry.adoptPassword(thingName, password);
  else if (REFUSALS.some((refusal) => refusal === status)) await registry.withdrawPassword(thingName, password);
}

const REFUSALS = [
  'Rejected',
  'NotSupported',
  'UnknownComponent',
  'UnknownVariable',
  'NotSupportedAttributeType',
] as const;

/**
 * A key travels as hexadecimal digits and is used as raw bytes; keys are of a CiString type, so that case does not matter.
 * @see OCPP 1.6 security whitepaper, A00
 */
export function newPassword16(payload: unknown): Buffer | null {
  const { key, value } = membersOf(payload);
  if (typeof key !== 'string' || key.toLowerCase() !== 'authorizationkey' || typeof value !== 'string') return null;
  const isHex = value.length <= 40 && /^([0-9a-f]{2})+$/i.test(value);
  return Buffer.from(value, isHex ? 'hex' : 'utf8');
}

/** @see OCPP 2.0.1 part 2, A01 */
export function newPassword2(payload: unknown): Buffer | null {
  const asked = listOf(membersOf(payload).setVariableData).flatMap(variableOfEntry);
  const value = asked.findLast(isPassword)?.value ?? null;
  return value === null ? null : Buffer.from(value);
}

/** Names are case-insensitive. */
export function isPassword({ component, variable, attribute }: Variable): boolean {
  const name = `${component?.name}/${variable.name}/${attribute}`.toLowerCase();
  return name === 'securityctrlr/basicauthpassword/actual';
}

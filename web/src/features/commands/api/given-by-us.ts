import type { Action } from './commands.ts';
import type { JsonSchema } from './schema.ts';

/** An id that is in use would replace that reservation: one that is left out gets a free one. */
const IN_ONE: Record<string, readonly string[]> = { ReserveNow: ['reservationId', 'id'] };
/** Each charge point counts its lists on its own. */
const IN_MANY: Record<string, readonly string[]> = { ...IN_ONE, SendLocalList: ['listVersion', 'versionNumber'] };

/** What a form asks for: the schema's members, without having to say what the server gives when it is left out. */
export function askedFor({ action, requestSchema }: Action, receivers: 'one' | 'many' = 'one'): JsonSchema {
  const given = (receivers === 'one' ? IN_ONE : IN_MANY)[action];
  if (requestSchema === null) return {};
  if (given === undefined || requestSchema.required === undefined) return requestSchema;
  return { ...requestSchema, required: requestSchema.required.filter((name) => !given.includes(name)) };
}

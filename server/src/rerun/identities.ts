import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { membersOf } from '@cpo-console/shared/projection/read-payload.ts';

/** Members that name something which one side made up and the other repeats. */
export const ID_NAMES: ReadonlySet<string> = new Set(['transactionId', 'requestId', 'remoteStartId', 'reservationId']);

/** What the CSMS calls otherwise than the charge point that repeats it: ReserveNow of 2.x. */
const ALIASES: ReadonlyMap<string, string> = new Map([['ReserveNow id', 'reservationId']]);

interface IdentitiesOptions {
  protocol: OcppVersion;
  newId: () => string;
}

/** Which id of today stands for which one of the log. */
export function createIdentities({ protocol, newId }: IdentitiesOptions) {
  const known = new Map<string, unknown>();
  const keyOf = (name: string, id: unknown): string => `${name} ${JSON.stringify(id)}`;

  const today = (name: string, id: unknown): unknown => {
    const key = keyOf(name, id);
    if (known.has(key)) return known.get(key);
    // In 2.x the charge point makes them up: the same one twice would be the same session.
    if (protocol === 'ocpp1.6' || name !== 'transactionId' || typeof id !== 'string') return id;
    const fresh = newId();
    known.set(key, fresh);
    return fresh;
  };

  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, ID_NAMES.has(name) ? today(name, member) : rewrite(member)]),
    );
  };

  return {
    /** What the charge point said, with today's ids. */
    rewrite,
    /** What the CSMS said then and says today: which ids it gave. */
    learn(action: string, recorded: unknown, now: unknown): void {
      const then = membersOf(recorded);
      for (const [member, id] of Object.entries(membersOf(now))) {
        const name = ALIASES.get(`${action} ${member}`) ?? member;
        if (ID_NAMES.has(name) && Object.hasOwn(then, member)) known.set(keyOf(name, then[member]), id);
      }
    },
  };
}

export type Identities = ReturnType<typeof createIdentities>;

import type { Admission } from '../../registry/registry.ts';

const PONG_WITHIN_MS = 5_000;
const WINDOW_MS = 10 * 60_000;
const CONFLICTS_ALLOWED = 3;

type Credential = Extract<Admission, { admitted: true }>['credential'];

/** What a takeover asks of the connection that is there. */
export interface Holder {
  readonly credential: Credential;
  answersPing(withinMs: number): Promise<boolean>;
  /** Nobody is at its other end. */
  giveUp(): void;
}

export type Takeover =
  /** Nobody else is there. */
  | 'free'
  /** Somebody is, with the same credential: the newest is taken, and people are told. */
  | 'conflict'
  /** That happened too often: the one that is there stays. */
  | 'refused'
  /** A still newer one came while this one waited. */
  | 'superseded';

export interface Takeovers {
  /** For a handshake whose credential is good. What needs no asking is answered at once. */
  ask(thingName: string, credential: Credential): Takeover | Promise<Takeover>;
}

export interface TakeoversOptions {
  holderOf: (thingName: string) => Holder | undefined;
  now: () => number;
}

/**
 * May a charge point connect although it is connected? After a crash of either side it comes back while its old socket
 * still looks open: the handshake waits until that one has shown that it is dead, 5 seconds at most. Two that are alive
 * are either one charge point that forgot a socket, or two of one name that would throw each other out for ever.
 */
export function createTakeovers({ holderOf, now }: TakeoversOptions): Takeovers {
  const checks = new Map<string, { isAlive: Promise<boolean>; giveWay: () => void }>();
  const conflicts = new Map<string, number[]>();

  async function check(thingName: string, holder: Holder): Promise<Takeover> {
    const running = checks.get(thingName);
    running?.giveWay();
    const isAlive = running?.isAlive ?? holder.answersPing(PONG_WITHIN_MS);
    const { promise: superseded, resolve: giveWay } = Promise.withResolvers<'superseded'>();
    const mine = { isAlive, giveWay: () => giveWay('superseded') };
    checks.set(thingName, mine);
    const outcome = await Promise.race([isAlive, superseded]);
    if (checks.get(thingName) === mine) checks.delete(thingName);
    if (outcome === 'superseded') return 'superseded';
    if (outcome) return conflictOf(thingName);
    holder.giveUp();
    return 'free';
  }

  function conflictOf(thingName: string): Takeover {
    const recent = (conflicts.get(thingName) ?? []).filter((at) => now() - at < WINDOW_MS);
    if (recent.length >= CONFLICTS_ALLOWED) return 'refused';
    conflicts.delete(thingName);
    conflicts.set(thingName, [...recent, now()]);
    for (const [name, times] of conflicts) {
      if (now() - (times.at(-1) ?? 0) < WINDOW_MS) break;
      conflicts.delete(name);
    }
    return 'conflict';
  }

  return {
    ask(thingName, credential) {
      const holder = holderOf(thingName);
      // One that came in with a credential that was replaced since has no say.
      if (holder === undefined || holder.credential !== credential) return 'free';
      return check(thingName, holder);
    },
  };
}

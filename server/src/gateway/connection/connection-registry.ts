import type { ChargePointConnection } from './charge-point-connection.ts';

const TAKEOVER_GRACE_MS = 1_000;

/** The connections that this gateway holds: one for each thing, the newest. */
export class ConnectionRegistry {
  readonly #byThing = new Map<string, ChargePointConnection>();

  get size(): number {
    return this.#byThing.size;
  }

  get(thingName: string): ChargePointConnection | undefined {
    return this.#byThing.get(thingName);
  }

  all(): Iterable<ChargePointConnection> {
    return this.#byThing.values();
  }

  /** The newest connection wins: whoever holds the thing's old socket is cut off. */
  add(connection: ChargePointConnection): void {
    const older = this.#byThing.get(connection.facts.thingName);
    this.#byThing.set(connection.facts.thingName, connection);
    if (older) cutOff(older);
  }

  /** Another gateway holds a newer one. */
  handOver(connection: ChargePointConnection): void {
    if (this.remove(connection)) cutOff(connection);
  }

  /** @returns false when a newer connection has taken its place: a late close says nothing about the thing */
  remove(connection: ChargePointConnection): boolean {
    if (this.#byThing.get(connection.facts.thingName) !== connection) return false;
    return this.#byThing.delete(connection.facts.thingName);
  }
}

function cutOff(older: ChargePointConnection): void {
  older.replaced();
  // A dead peer never answers the close.
  setTimeout(() => older.terminate(), TAKEOVER_GRACE_MS).unref();
}

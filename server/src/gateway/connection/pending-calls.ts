/** A CALL of the charge point that is not answered yet. */
export interface PendingCall {
  messageId: string;
  action: string;
  /** When it came, in milliseconds since the epoch. */
  at: number;
}

/**
 * The few CALLs of one charge point that wait for our answer, oldest first. A list: most of the time it is empty, and with
 * thousands of connections an empty Map is as large as the rest of a connection together.
 */
export class PendingCalls {
  #calls: PendingCall[] = [];

  get size(): number {
    return this.#calls.length;
  }

  get(messageId: string): PendingCall | undefined {
    return this.#calls.find((call) => call.messageId === messageId);
  }

  add(call: PendingCall): void {
    this.#calls.push(call);
  }

  remove(messageId: string): void {
    const place = this.#calls.findIndex((call) => call.messageId === messageId);
    if (place >= 0) this.#calls.splice(place, 1);
  }

  /** Those that came at `before` or earlier. */
  overdue(before: number): PendingCall[] {
    return this.#calls.length === 0 ? this.#calls : this.#calls.filter(({ at }) => at <= before);
  }
}

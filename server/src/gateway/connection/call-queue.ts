import type { InspectedFrame } from '@cpo-console/shared/ocpp-j/inspect-frame.ts';

/** A CALL for the charge point, as it will go over the wire. */
export interface OutgoingCall {
  messageId: string;
  action: string;
  text: string;
  inspected: InspectedFrame;
  /** Nobody waits for its answer any longer, so it must not be sent either: a remote start that comes late is dangerous. */
  giveUpAt: number;
}

export interface OutstandingCall extends OutgoingCall {
  sentAt: number;
}

const MAX_WAITING = 100;

/**
 * Our CALLs to one charge point: one outstanding at a time, the others wait their turn.
 * @see OCPP-J 1.6 §4.1.1
 */
export class CallQueue {
  readonly #waiting: OutgoingCall[] = [];
  #outstanding: OutstandingCall | null = null;

  get outstanding(): OutstandingCall | null {
    return this.#outstanding;
  }

  /** @returns false when too many wait already, or one of the same message id does */
  offer(call: OutgoingCall): boolean {
    const known =
      this.#outstanding?.messageId === call.messageId || this.#waiting.some((w) => w.messageId === call.messageId);
    if (known || this.#waiting.length >= MAX_WAITING) return false;
    this.#waiting.push(call);
    return true;
  }

  /** The CALL whose turn it is, outstanding from now on; null while another is, or when none waits in time. */
  next(now: number): OutgoingCall | null {
    if (this.#outstanding !== null) return null;
    const place = this.#waiting.findIndex(({ giveUpAt }) => giveUpAt > now);
    const [call = null] = place < 0 ? [] : this.#waiting.splice(place, 1);
    if (call !== null) this.#outstanding = { ...call, sentAt: now };
    return call;
  }

  /** An answer came. @returns the CALL that it answers, or null when nothing waits for it */
  answered(messageId: string): OutstandingCall | null {
    const call = this.#outstanding;
    if (call?.messageId !== messageId) return null;
    this.#outstanding = null;
    return call;
  }

  /** Lets go of CALLs whose time is over, so that the others get their turn. @returns those that were never sent */
  giveUp(now: number): OutgoingCall[] {
    if (this.#outstanding !== null && this.#outstanding.giveUpAt <= now) this.#outstanding = null;
    const late = this.#waiting.filter(({ giveUpAt }) => giveUpAt <= now);
    for (const call of late) this.#waiting.splice(this.#waiting.indexOf(call), 1);
    return late;
  }
}

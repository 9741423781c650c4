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
  readonly #send: (call: OutgoingCall) => void;
  readonly #waiting: OutgoingCall[] = [];
  #outstanding: OutstandingCall | null = null;

  constructor(send: (call: OutgoingCall) => void) {
    this.#send = send;
  }

  get outstanding(): OutstandingCall | null {
    return this.#outstanding;
  }

  /** @returns false when too many wait already, or one of the same message id does */
  offer(call: OutgoingCall, now: number): boolean {
    const known =
      this.#outstanding?.messageId === call.messageId || this.#waiting.some((w) => w.messageId === call.messageId);
    if (known || this.#waiting.length >= MAX_WAITING) return false;
    this.#waiting.push(call);
    this.#sendNext(now);
    return true;
  }

  /** An answer came. @returns the CALL that it answers, or null when nothing waits for it */
  answered(messageId: string, now: number): OutstandingCall | null {
    const call = this.#outstanding;
    if (call?.messageId !== messageId) return null;
    this.#outstanding = null;
    this.#sendNext(now);
    return call;
  }

  /** Lets go of CALLs whose time is over, so that the others get their turn. @returns those that were never sent */
  giveUp(now: number): OutgoingCall[] {
    if (this.#outstanding !== null && this.#outstanding.giveUpAt <= now) this.#outstanding = null;
    const late = this.#waiting.filter(({ giveUpAt }) => giveUpAt <= now);
    for (const call of late) this.#waiting.splice(this.#waiting.indexOf(call), 1);
    this.#sendNext(now);
    return late;
  }

  #sendNext(now: number): void {
    if (this.#outstanding) return;
    const next = this.#waiting.find(({ giveUpAt }) => giveUpAt > now);
    if (!next) return;
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    this.#outstanding = { ...next, sentAt: now };
    this.#send(next);
  }
}

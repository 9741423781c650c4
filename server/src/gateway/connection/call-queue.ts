import type { InspectedFrame } from '@cpo-console/shared/ocpp-j/inspect-frame.ts';

/** A CALL for the charge point, as it will go over the wire. */
export interface OutgoingCall {
  messageId: string;
  action: string;
  text: string;
  inspected: InspectedFrame;
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

  /** Gives up a CALL that has waited for its answer since before `sentBefore`, so that the others get their turn. */
  giveUp(sentBefore: number, now: number): void {
    if (this.#outstanding === null || this.#outstanding.sentAt >= sentBefore) return;
    this.#outstanding = null;
    this.#sendNext(now);
  }

  #sendNext(now: number): void {
    if (this.#outstanding) return;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#outstanding = { ...next, sentAt: now };
    this.#send(next);
  }
}

import type { CallOutcome, RpcLink } from './rpc-link.ts';
import type { Call } from './station.ts';
import type { Payload } from './wire-values.ts';

/** Where calls wait for a connection on which the CSMS has accepted us. */
export interface Outbox {
  /** A connection stands, booted or not. */
  connected(link: RpcLink): void;
  /** The CSMS has accepted us. */
  open(): void;
  disconnected(): void;
  /** Nothing goes out any more; who waits gets null. */
  shut(): void;
  deliver(call: Call): Promise<Payload | null>;
  notify(call: Call): void;
  /** Also while the boot is pending. */
  sendNow(call: Call): Promise<CallOutcome>;
}

export function createOutbox(): Outbox {
  let link: RpcLink | null = null;
  let isOpen = false;
  let isShut = false;
  let waiting: (() => void)[] = [];

  function wakeAll(): void {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  }

  return {
    connected(next) {
      link = next;
    },
    open() {
      isOpen = true;
      wakeAll();
    },
    disconnected() {
      link = null;
      isOpen = false;
    },
    shut() {
      isShut = true;
      wakeAll();
    },
    async deliver({ action, payload }) {
      while (!isShut) {
        if (link === null || !isOpen) {
          await new Promise<void>((resolve) => waiting.push(resolve));
          continue;
        }
        const used = link;
        const outcome = await used.call(action, payload);
        if (outcome.kind === 'answered') return outcome.payload;
        if (outcome.kind !== 'closed') return {};
        await used.closed;
        if (link === used) link = null;
      }
      return null;
    },
    notify({ action, payload }) {
      if (link !== null && isOpen) void link.call(action, payload);
    },
    async sendNow({ action, payload }) {
      return link === null ? { kind: 'closed' } : link.call(action, payload);
    },
  };
}

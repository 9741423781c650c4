import type { BusMessage } from '../../bus/message-bus.ts';

/** Frames that came before the announcement of their connection: two subscriptions keep no order between them. */
export interface EarlyFrames {
  /** @returns false when it waits no longer, or for too much already */
  keep(thingName: string, message: BusMessage): boolean;
  take(thingName: string): readonly BusMessage[];
  close(): void;
}

const WAIT_MS = 2_000;
const MAX_FRAMES = 1_000;

/** @param onGivenUp hears of a thing whose connection was not announced in time */
export function createEarlyFrames(onGivenUp: (thingName: string) => void): EarlyFrames {
  const waiting = new Map<string, { messages: BusMessage[]; timer: NodeJS.Timeout }>();
  let count = 0;

  function take(thingName: string): readonly BusMessage[] {
    const held = waiting.get(thingName);
    if (held === undefined) return [];
    waiting.delete(thingName);
    clearTimeout(held.timer);
    count -= held.messages.length;
    return held.messages;
  }

  function giveUp(thingName: string): void {
    take(thingName);
    onGivenUp(thingName);
  }

  return {
    keep(thingName, message) {
      if (count >= MAX_FRAMES) return false;
      const held = waiting.get(thingName) ?? {
        messages: [],
        timer: setTimeout(() => giveUp(thingName), WAIT_MS),
      };
      held.messages.push(message);
      waiting.set(thingName, held);
      count += 1;
      return true;
    },
    take,
    close() {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}

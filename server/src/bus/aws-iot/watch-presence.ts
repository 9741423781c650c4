import type { BusMessage, MessageBus } from '../message-bus.ts';
import { type Presence, readPresence } from '../presence.ts';
import { ALL_PRESENCE, presenceTopic, thingOfTopic } from '../topics.ts';

export interface WatchPresenceOptions {
  bus: Pick<MessageBus, 'subscribe'>;
  /** Whether this process has the charge point's socket. */
  holds: (thingName: string) => boolean;
  onGone: (message: BusMessage) => void;
  settleMs?: number;
}

export const AWS_PRESENCE = '$aws/events/presence/+/+';
/** A connection that is taken over, or comes back at once, is told of in two events in any order. */
const SETTLE_MS = 3_000;

/**
 * A gateway that dies says nothing of its charge points any more; AWS IoT does, whose clients they were. Then they are
 * announced as gone, with the epoch of the connection that is known: a newer one counts more. @returns ends it
 */
export async function watchPresence(options: WatchPresenceOptions): Promise<() => Promise<void>> {
  const { bus, holds, onGone, settleMs = SETTLE_MS } = options;
  const announced = new Map<string, Presence>();
  const versions = new Map<string, number>();
  const leaving = new Map<string, NodeJS.Timeout>();

  function stay(thingName: string): void {
    clearTimeout(leaving.get(thingName));
    leaving.delete(thingName);
  }

  function gone(thingName: string): void {
    leaving.delete(thingName);
    const last = announced.get(thingName);
    if (last === undefined || holds(thingName)) return;
    const presence = { ...last, connected: false };
    onGone({ topic: presenceTopic(thingName), text: JSON.stringify(presence), presence });
  }

  function takeAnnouncement({ topic, text, presence: known }: BusMessage): void {
    const thingName = thingOfTopic(topic);
    const presence = known ?? readPresence(text);
    if (presence === null) return;
    stay(thingName);
    if (presence.connected) announced.set(thingName, presence);
    else announced.delete(thingName);
  }

  function takeEvent({ topic, text }: BusMessage): void {
    const thingName = thingOfTopic(topic);
    const { eventType, versionNumber } = (parse(text) ?? {}) as { eventType?: unknown; versionNumber?: unknown };
    if (!announced.has(thingName) || typeof versionNumber !== 'number') return;
    if (versionNumber < (versions.get(thingName) ?? 0)) return;
    versions.set(thingName, versionNumber);
    stay(thingName);
    if (eventType !== 'disconnected') return;
    leaving.set(
      thingName,
      setTimeout(() => gone(thingName), settleMs),
    );
  }

  const ends = await Promise.all([
    bus.subscribe(ALL_PRESENCE, takeAnnouncement),
    bus.subscribe(AWS_PRESENCE, takeEvent),
  ]);
  return async () => {
    for (const timer of leaving.values()) clearTimeout(timer);
    await Promise.all(ends.map((end) => end()));
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

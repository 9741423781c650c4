import type { Query, QueryClient } from '@tanstack/react-query';
import { applyLiveEvents } from './apply-live-events.ts';
import type { LiveEvent } from './live-stream.ts';

/** How long an answer may be on its way. */
const KEPT_MS = 30_000;
const MOST_KEPT = 20_000;

/**
 * The answer to a fetch may have been made before an event and come after it, and would then undo it. So what came live
 * since the fetch began is applied once more on its answer.
 */
export interface CatchUp {
  note(events: LiveEvent[]): void;
  stop(): void;
}

export function createCatchUp(client: QueryClient, now: () => number = () => performance.now()): CatchUp {
  const kept = new Map<string, { at: number; event: LiveEvent }>();
  const startedAt = new WeakMap<Query, number>();
  const stop = client.getQueryCache().subscribe((change) => {
    if (change.type !== 'updated') return;
    const types = eventTypesOf(change.query.queryKey);
    if (types.length === 0) return;
    if (change.action.type === 'fetch') startedAt.set(change.query, now());
    if (change.action.type !== 'success' || change.action.manual) return;
    const since = startedAt.get(change.query) ?? 0;
    const missed = [...kept.values()].filter(({ at, event }) => at >= since && types.includes(event.type));
    if (missed.length > 0)
      applyLiveEvents(
        client,
        missed.map(({ event }) => event),
      );
  });
  return {
    note(events) {
      for (const [key, event] of events.flatMap(apart)) {
        kept.delete(key);
        kept.set(key, { at: now(), event });
      }
      for (const [key, { at }] of kept) {
        if (kept.size <= MOST_KEPT && at >= now() - KEPT_MS) break;
        kept.delete(key);
      }
    },
    stop,
  };
}

/** What kinds of events change a query's data in place. */
function eventTypesOf([root, part]: readonly unknown[]): LiveEvent['type'][] {
  if (root === 'messages' && part === 'list') return ['message', 'partner'];
  if (root === 'things' && (part === 'list' || part === 'detail')) return ['thing'];
  if (root === 'commands' && part === 'of') return ['command'];
  if (root === 'transactions' && (part === 'list' || part === 'detail')) return ['transaction'];
  return [];
}

/** Each thing of an event by itself: only what came last of it counts. */
function apart(event: LiveEvent): [key: string, event: LiveEvent][] {
  switch (event.type) {
    case 'message':
    case 'partner':
    case 'command':
      return [[`${event.type} ${event.data.id}`, event]];
    case 'transaction':
      return event.data.map((session) => [`transaction ${session.id}`, { type: 'transaction', data: [session] }]);
    case 'thing':
      return [
        ...event.data.things.map((thing): [string, LiveEvent] => [
          `thing ${thing.thingName}`,
          { type: 'thing', data: { things: [thing], removed: [] } },
        ]),
        ...event.data.removed.map((name): [string, LiveEvent] => [
          `thing ${name}`,
          { type: 'thing', data: { things: [], removed: [name] } },
        ]),
      ];
    default:
      return [];
  }
}

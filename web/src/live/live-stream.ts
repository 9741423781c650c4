import type { StreamEvents } from '@cpo-console/shared/api/stream.ts';
import { apiUrl } from '../lib/api-client.ts';
import { createBatcher } from './batcher.ts';
import { type MessageFilter, streamFilterOf } from './message-filter.ts';

/** Everything the stream can say, in the order it arrived. */
export type LiveEvent =
  | { [K in keyof StreamEvents]: { type: K; data: StreamEvents[K] } }[keyof StreamEvents]
  /** The server could not keep up or could not resume: what is on the screen has to be fetched again. */
  | { type: 'refetch' }
  /** Resumed: what has no position in the log may have been missed. */
  | { type: 'resumed' };

export type LiveStatus = 'connecting' | 'live' | 'lost';

/** What a page on the screen needs. Commands, the summary and the door always come. */
export interface LiveNeed {
  /** Everything about this charge point in full, and little about the others; without it, the whole fleet. */
  thingName?: string;
  messages: boolean;
  /** Which of the messages. */
  filter?: MessageFilter;
}

interface LiveOptions {
  onEvents: (events: LiveEvent[]) => void;
  onStatus: (status: LiveStatus) => void;
  open?: (url: string) => EventSource;
  batchMs?: number;
}

/** What can be asked for; partners come with the messages. */
const EVENTS = ['message', 'thing', 'command', 'transaction', 'changed', 'summary', 'door'] as const;
const TYPES = ['partner', ...EVENTS] as const;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

/**
 * The tab's only EventSource. It follows what the mounted pages need, and goes on after the last event seen, so that a
 * break or a change of need leaves neither a gap nor a duplicate.
 */
export function createLiveStream({
  onEvents,
  onStatus,
  open = (url) => new EventSource(url),
  batchMs = 100,
}: LiveOptions) {
  const needs = new Map<symbol, LiveNeed>();
  const batch = createBatcher<LiveEvent>(batchMs, onEvents);
  let source: EventSource | null = null;
  let openUrl = '';
  let lastEventId = '';
  let retryMs = FIRST_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running = false;
  let openedBefore = false;

  const wanted = () => {
    const all = [...needs.values()];
    const named = all.map(
      ({ thingName, filter }) => filter?.thingNames ?? (thingName === undefined ? [] : [thingName]),
    );
    // One that names none needs the whole fleet.
    const names = named.every((own) => own.length > 0) ? [...new Set(named.flat())].sort() : [];
    const filters = all.filter((need) => need.messages).map((need) => streamFilterOf(need.filter ?? {}));
    return {
      ...(filters.length === 1 && filters[0]),
      events: EVENTS.filter((type) => type !== 'message' || all.some((need) => need.messages)),
      ...(names.length > 0 && { thingName: names }),
    };
  };

  const connect = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    source?.close();
    const want = wanted();
    openUrl = JSON.stringify(want);
    const resuming = lastEventId !== '';
    const stream = open(apiUrl('/stream', { ...want, ...(resuming && { lastEventId }) }));
    source = stream;
    stream.onopen = () => {
      retryMs = FIRST_RETRY_MS;
      onStatus('live');
      // Nothing to resume from: what happened between the first fetch and now, or while away, is only in the lists.
      batch.add({ type: resuming ? 'resumed' : 'refetch' });
      openedBefore = true;
    };
    stream.onerror = () => lost(stream);
    for (const type of TYPES) stream.addEventListener(type, (event) => receive(type, event));
    stream.addEventListener('ready', remember);
    stream.addEventListener('skipped', (event) => {
      remember(event);
      const data = JSON.parse(String(event.data)) as StreamEvents['skipped'];
      batch.add(data.reason === 'rate' ? { type: 'skipped', data } : { type: 'refetch' });
    });
  };

  const remember = (event: MessageEvent) => {
    if (event.lastEventId !== '') lastEventId = event.lastEventId;
  };
  const receive = (type: (typeof TYPES)[number], event: MessageEvent) => {
    remember(event);
    batch.add({ type, data: JSON.parse(String(event.data)) } as LiveEvent);
  };

  const lost = (stream: EventSource) => {
    if (source !== stream || !running) return;
    stream.close();
    source = null;
    onStatus(openedBefore ? 'lost' : 'connecting');
    timer = setTimeout(connect, retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };

  const follow = () => {
    if (running && source !== null && JSON.stringify(wanted()) !== openUrl) connect();
  };

  return {
    start() {
      if (running) return;
      running = true;
      onStatus('connecting');
      connect();
    },
    stop() {
      running = false;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      source?.close();
      source = null;
      lastEventId = '';
      batch.stop();
    },
    /** Try now instead of waiting for the next retry. */
    retry() {
      if (running && source === null) connect();
    },
    /** Say what a page needs; call the answer when it goes. */
    need(need: LiveNeed): () => void {
      const key = Symbol('need');
      needs.set(key, need);
      // Pages come and go in the same tick when the address changes: look once, after both.
      queueMicrotask(follow);
      return () => {
        needs.delete(key);
        queueMicrotask(follow);
      };
    },
  };
}
export type LiveStream = ReturnType<typeof createLiveStream>;

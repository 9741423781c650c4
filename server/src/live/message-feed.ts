import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { LogEntry, MessageLog } from '../message-log/message-log.ts';
import type { EventStream } from './event-stream.ts';
import { createExchangeGate } from './exchange-gate.ts';
import { messageJson } from './message-json.ts';

const REPLAY_PAGE = 500;
/** How far back a stream of the whole fleet resumes; what is older is a search, not a stream. */
const FLEET_RESUME_ROWS = 2_000;

export interface MessageFeedOptions {
  stream: EventStream;
  log: Pick<MessageLog, 'subscribe' | 'recent' | 'query' | 'lastId'>;
  /** null for the whole fleet. */
  thingNames: ReadonlySet<string> | null;
  /** Of these charge points, what is asked for. */
  matches: (row: LogRow) => boolean;
  /** Resume after this id; null starts with what comes next. */
  afterId: number | null;
  /** For the whole fleet: what exceeds it is counted, not sent. */
  maxPerSecond: number;
}

/** Sends each message once: first those missed, then the live ones. */
export interface MessageFeed {
  /** Settles when the stream has caught up and is live. */
  start(): Promise<void>;
  /** The log id up to which everything has been sent. */
  position(): number;
}

export function createMessageFeed(options: MessageFeedOptions): MessageFeed {
  const { stream, log, thingNames } = options;
  let position = options.afterId ?? log.lastId();
  let held: LogEntry[] | null = [];
  const limit = thingNames === null ? createRateLimit(stream, options.maxPerSecond) : null;
  /** What was missed is not subject to the rate of what comes. */
  let isLive = false;
  const take = createExchangeGate({
    matches: options.matches,
    hasRoom: () => !isLive || limit === null || limit.hasRoom(),
    onLeftOut: () => limit?.leftOut(),
  });

  const send = (row: LogRow): void => {
    if (row.id <= position) return;
    position = row.id;
    if (thingNames !== null && !thingNames.has(row.thingName)) return;
    for (const shown of take(row)) {
      // A partner may be older than what was sent last: only messages say how far the stream is.
      stream.send(shown.event, messageJson(shown.row), shown.event === 'message' ? shown.row.id : undefined);
    }
  };
  const replay = async (): Promise<void> => {
    const recent = log.recent(position);
    if (recent !== null) {
      for (const row of recent) send(row);
      return;
    }
    const only = thingNames === null ? {} : { thingNames: [...thingNames] };
    for (;;) {
      const rows = await log.query({ ...only, order: 'asc', afterId: position, limit: REPLAY_PAGE });
      for (const row of rows) send(row);
      if (rows.length < REPLAY_PAGE || !stream.isOpen()) return;
      await stream.drained();
    }
  };

  return {
    async start() {
      // Listening before replaying leaves no gap, and skipping by position no duplicate.
      const stop = log.subscribe((entries) => {
        if (held === null) for (const { row } of entries) send(row);
        else held.push(...entries);
      });
      stream.onClose(stop);
      if (thingNames === null) position = skipTooOld(stream, position, log.lastId());
      if (options.afterId !== null) await replay();
      isLive = true;
      const waiting = held ?? [];
      held = null;
      for (const { row } of waiting) send(row);
    },
    position: () => position,
  };
}

function skipTooOld(stream: EventStream, position: number, lastId: number): number {
  const oldest = lastId - FLEET_RESUME_ROWS;
  if (position >= oldest) return position;
  stream.send('skipped', JSON.stringify({ count: oldest - position, reason: 'too-old' }), oldest);
  return oldest;
}

function createRateLimit(stream: EventStream, maxPerSecond: number): { hasRoom(): boolean; leftOut(): void } {
  let sent = 0;
  let skipped = 0;
  const timer = setInterval(() => {
    if (skipped > 0) stream.send('skipped', JSON.stringify({ count: skipped, reason: 'rate' }));
    sent = 0;
    skipped = 0;
  }, 1_000);
  stream.onClose(() => clearInterval(timer));
  return {
    hasRoom: () => {
      sent += 1;
      return sent <= maxPerSecond;
    },
    leftOut: () => {
      skipped += 1;
    },
  };
}

import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { type ChargePointState, initialState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { fold } from '@cpo-console/shared/projection/fold.ts';
import type { LogRange, MessageLog } from './message-log.ts';
import type { LogOutline } from './outline.ts';

/** Rows between two kept states: what a page of frames holds, and the most that is folded again after a jump. */
export const PAGE_ROWS = 250;
const MAX_ROWS = 100_000;
/** Rows before the range that tell how the charge point stood when it began. */
const WARM_UP_ROWS = 5_000;
const READ_ROWS = 1_000;
const SESSIONS_KEPT = 8;

export interface ReplayRange extends LogRange {
  thingName: string;
}

export interface Replays {
  outline(range: ReplayRange): Promise<LogOutline>;
  /** The frames of a page, and the state before them; null when the range has no such page. */
  page(range: ReplayRange, page: number): Promise<{ state: ChargePointState; rows: LogRow[] } | null>;
}

interface Session {
  outline: LogOutline;
  /** The state before each page, as soon as the fold has come that far. */
  states: Promise<ChargePointState>[];
}

/** Ranges of the log that somebody looks at, each with the states at the beginning of its pages. */
export function createReplays(log: Pick<MessageLog, 'outline' | 'query'>): Replays {
  const sessions = new Map<string, Promise<Session>>();

  const sessionOf = (range: ReplayRange): Promise<Session> => {
    const key = JSON.stringify([range.thingName, range.from, range.to]);
    const known = sessions.get(key);
    sessions.delete(key);
    const session = known ?? openSession(log, range);
    sessions.set(key, session);
    for (const oldest of sessions.keys()) {
      if (sessions.size <= SESSIONS_KEPT) break;
      sessions.delete(oldest);
    }
    session.catch(() => sessions.delete(key));
    return session;
  };

  return {
    outline: async (range) => (await sessionOf(range)).outline,
    async page(range, page) {
      const { outline, states } = await sessionOf(range);
      const first = outline.ids[page * PAGE_ROWS];
      const state = states[page];
      if (state === undefined) return null;
      if (first === undefined) return { state: await state, rows: [] };
      const rows = await log.query({ ...range, order: 'asc', afterId: first - 1, limit: PAGE_ROWS });
      return { state: await state, rows };
    },
  };
}

async function openSession(log: Pick<MessageLog, 'outline' | 'query'>, range: ReplayRange): Promise<Session> {
  const outline = await log.outline({ ...range, maxRows: MAX_ROWS });
  const pages = Math.max(1, Math.ceil(outline.ids.length / PAGE_ROWS));
  const waiters = Array.from({ length: pages }, () => Promise.withResolvers<ChargePointState>());
  foldRange(log, range, (state, page) => waiters[page]?.resolve(state)).catch((error: unknown) => {
    for (const waiter of waiters) waiter.reject(error);
  });
  const states = waiters.map(({ promise }) => promise);
  // Nobody may ever ask for this page.
  for (const state of states) state.catch(() => undefined);
  return { outline, states };
}

async function foldRange(
  log: Pick<MessageLog, 'query'>,
  range: ReplayRange,
  onPage: (state: ChargePointState, page: number) => void,
): Promise<void> {
  let state = await warmUp(log, range);
  let position = 0;
  let after = {};
  for (;;) {
    const rows = await log.query({ ...range, ...after, order: 'asc', limit: READ_ROWS });
    for (const row of rows) {
      if (position % PAGE_ROWS === 0) onPage(state, position / PAGE_ROWS);
      state = fold(state, row);
      position += 1;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < READ_ROWS || position >= MAX_ROWS) break;
    after = { afterId: last.id };
  }
  if (position === 0) onPage(state, 0);
}

/** How the charge point stood when the range began, as far as the rows before it tell. */
async function warmUp(log: Pick<MessageLog, 'query'>, { thingName, from }: ReplayRange): Promise<ChargePointState> {
  let state = initialState(thingName);
  const before = await log.query({ thingName, to: from, order: 'desc', limit: WARM_UP_ROWS });
  for (const row of before.reverse()) state = fold(state, row);
  return state;
}

import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { type ChargePointState, initialState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { fold } from '@cpo-console/shared/projection/fold.ts';
import { curvesAfter, type MeterCurve } from '@cpo-console/shared/projection/meter-curve.ts';
import type { LogRange, MessageLog } from './message-log.ts';
import { createOutline, type LogOutline } from './outline.ts';

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
  /** The frames of a page, and how it stood before them; null when the range has no such page. */
  page(range: ReplayRange, page: number): Promise<(Standing & { rows: LogRow[] }) | null>;
}

interface Standing {
  state: ChargePointState;
  curves: MeterCurve[];
}

interface Session {
  openedAt: number;
  whole: Promise<Whole>;
}

interface Whole {
  outline: LogOutline;
  /** Before each page. */
  standings: Standing[];
}

/** Ranges of the log that somebody looks at, each with the states at the beginning of its pages. */
export function createReplays(log: Pick<MessageLog, 'query'>, now: () => number): Replays {
  const sessions = new Map<string, Session>();

  const wholeOf = (range: ReplayRange, known: Session | undefined): Promise<Whole> => {
    const key = keyOf(range);
    const session = known ?? { openedAt: now(), whole: readWhole(log, range) };
    sessions.delete(key);
    sessions.set(key, session);
    for (const oldest of sessions.keys()) {
      if (sessions.size <= SESSIONS_KEPT) break;
      sessions.delete(oldest);
    }
    session.whole.catch(() => {
      if (sessions.get(key) === session) sessions.delete(key);
    });
    return session.whole;
  };

  return {
    async outline(range) {
      const known = sessions.get(keyOf(range));
      // A range that had not ended then has gone on since.
      const hasGoneOn = known !== undefined && known.openedAt <= range.to;
      return (await wholeOf(range, hasGoneOn ? undefined : known)).outline;
    },
    async page(range, page) {
      const { outline, standings } = await wholeOf(range, sessions.get(keyOf(range)));
      const first = outline.ids[page * PAGE_ROWS];
      const standing = standings[page];
      if (standing === undefined) return null;
      if (first === undefined) return { ...standing, rows: [] };
      const rows = await log.query({ ...range, order: 'asc', afterId: first - 1, limit: PAGE_ROWS });
      return { ...standing, rows };
    },
  };
}

const keyOf = ({ thingName, from, to }: ReplayRange): string => JSON.stringify([thingName, from, to]);

/** One pass for both: when a replay is open, any instant of it is at hand. */
async function readWhole(log: Pick<MessageLog, 'query'>, range: ReplayRange): Promise<Whole> {
  const outline = createOutline(MAX_ROWS);
  let standing = await warmUp(log, range);
  const standings: Standing[] = [];
  let position = 0;
  for await (const rows of inOrder(log, range)) {
    for (const row of rows) {
      if (!outline.add(row)) return { outline: outline.result(), standings };
      if (position % PAGE_ROWS === 0) standings.push(standing);
      standing = after(standing, row);
      position += 1;
    }
  }
  if (position === 0) standings.push(standing);
  return { outline: outline.result(), standings };
}

function after({ state: before, curves }: Standing, row: LogRow): Standing {
  const state = fold(before, row);
  return { state, curves: curvesAfter(curves, before, state) };
}

/** The next rows are read while these are looked at. */
async function* inOrder(log: Pick<MessageLog, 'query'>, range: ReplayRange): AsyncGenerator<LogRow[]> {
  const read = (after: { afterId?: number }) => log.query({ ...range, ...after, order: 'asc', limit: READ_ROWS });
  let rows = await read({});
  while (rows.length > 0) {
    const last = rows.at(-1);
    const isLast = rows.length < READ_ROWS || last === undefined;
    const next = isLast ? Promise.resolve([]) : read({ afterId: last.id });
    // Nobody waits for it any more when these were enough.
    next.catch(() => {});
    yield rows;
    rows = await next;
  }
}

/** How the charge point stood when the range began, as far as the rows before it tell. */
async function warmUp(log: Pick<MessageLog, 'query'>, { thingName, from }: ReplayRange): Promise<Standing> {
  let standing: Standing = { state: initialState(thingName), curves: [] };
  const before = await log.query({ thingName, to: from, order: 'desc', limit: WARM_UP_ROWS });
  for (const row of before.reverse()) standing = after(standing, row);
  return standing;
}

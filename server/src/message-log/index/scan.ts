import type { MessageQuery } from '../message-log.ts';
import { conditions, idRange } from './conditions.ts';
import { contentOf, createContentSearch } from './content-search.ts';
import type { OpenDay } from './day-file.ts';
import type { Counted } from './histogram.ts';
import { HIT_COLUMNS, type Hit, type Hits, TROUBLED } from './hit.ts';
import type { IdRange } from './signed-blocks.ts';
import { createWindows, edgeOf, MOST_IDS, type Order, partsOf } from './windows.ts';

export interface ScanSource {
  /** In the order of the search. */
  days: readonly string[];
  /** Good until seven others have been asked for. */
  open(day: string): OpenDay;
  isUnanswered(day: string, id: number): boolean;
  /** The frame of the CALL that a row answers; null when it answers none. */
  partnerFrame(day: string, id: number): string | null;
}

type Query = Omit<MessageQuery, 'limit'>;

/**
 * The rows of a search, part by part, so that whoever asked can stop when there are enough or the time is over.
 * @param most more than these are not of interest
 */
export function* scan(query: Query, source: ScanSource, most: number): Generator<Hits & { day: string }> {
  const order = query.order ?? 'desc';
  const content = contentOf(query);
  const windows = content === null ? createWindows(order) : contentWindows(order);
  const { unansweredBefore } = query;
  for (const day of source.days) {
    const open = source.open(day);
    const range = idRange(query, open.file);
    if (range === null) continue;
    const isHit = ({ id }: Hit): boolean => source.isUnanswered(day, id);
    const look =
      content === null
        ? selection(query, open, unansweredBefore === undefined ? most : -1)
        : createContentSearch(content, open, {
            order,
            range,
            conditions: conditions(query, open.file),
            partnerFrame: (id) => source.partnerFrame(day, id),
          });
    for (const window of windows(range)) {
      for (const { hits, edge } of look(window)) {
        yield { day, hits: unansweredBefore === undefined ? hits : hits.filter(isHit), edge };
        source.open(day);
      }
    }
  }
}

/** Large: their frames are looked at a few at a time. */
const contentWindows =
  (order: Order) =>
  (range: IdRange): Iterable<IdRange> =>
    partsOf(range, order, MOST_IDS);

/** Where the index alone decides. */
function selection(query: Query, { file }: OpenDay, most: number): (window: IdRange) => Iterable<Hits> {
  const order = query.order ?? 'desc';
  const { where, parameters } = conditions(query, file);
  const rows = file.prepare(`SELECT ${HIT_COLUMNS} FROM message m ${where} ORDER BY m.id ${order} LIMIT ?`);
  return (window) => {
    const hits = rows.all(...parameters, window.first, window.last, most) as Hit[];
    return [{ hits, edge: edgeOf(window, order) }];
  };
}

/** How many rows of a search are in each part of its time, the newest first. */
export function* scanCounts(
  query: Query & { from: number },
  source: ScanSource,
  { step }: { step: number },
): Generator<{ day: string; counts: Counted[]; edge: number }> {
  const partOf = (at: number): number => Math.floor((at - query.from) / step);
  if (contentOf(query) !== null || query.unansweredBefore !== undefined) {
    for (const { day, hits, edge } of scan(query, source, -1)) {
      yield { day, counts: hits.map(({ at, troubled }) => ({ part: partOf(at), rows: 1, troubled })), edge };
    }
    return;
  }
  const windows = createWindows('desc');
  for (const day of source.days) {
    const { file } = source.open(day);
    const range = idRange(query, file);
    if (range === null) continue;
    const { where, parameters } = conditions(query, file);
    const select =
      file.prepare(`SELECT CAST((m.at - ?) / ? AS INTEGER) AS part, count(*) AS rows, sum(${TROUBLED}) AS troubled
      FROM message m ${where} GROUP BY 1`);
    for (const window of windows(range)) {
      const counts = select.all(query.from, step, ...parameters, window.first, window.last) as Counted[];
      yield { day, counts, edge: window.first };
    }
  }
}

import { type ContentMatcher, createContentMatcher } from '@cpo-console/shared/message-log/content-filter.ts';
import type Database from 'better-sqlite3';
import type { FramePlace } from '../journal/segment-format.ts';
import { maskSecrets } from '../mask-secrets.ts';
import type { MessageQuery } from '../message-log.ts';
import { type Conditions, conditions, idRange } from './conditions.ts';
import { KINDS } from './day-file.ts';
import type { FrameReader } from './frame-reader.ts';
import type { Counted } from './histogram.ts';
import { bitsOf } from './signature.ts';
import { candidates, type IdRange } from './signature-store.ts';

/** Ids looked at between two looks at the clock: where a frame has to be read, and where the index alone decides. */
const WINDOW_READ = 5_000;
const WINDOW_INDEXED = 100_000;

export interface Hit extends FramePlace {
  id: number;
  at: number;
  troubled: number;
}

interface Edge {
  id: number;
  at: number;
}

/** What was found between two ids. */
export interface ScannedPart {
  day: string;
  hits: Hit[];
  /** All ids up to this one, in the order of the search, have been looked at. */
  edge: Edge;
}

export interface OpenDay {
  file: Database.Database;
  frames: FrameReader;
}

export interface ScanSource {
  /** In the order of the search. */
  days: readonly string[];
  /** Good until seven others have been asked for. */
  open(day: string): OpenDay;
  isUnanswered(day: string, id: number): boolean;
}

type Query = Omit<MessageQuery, 'limit'>;

const TROUBLED = `(m.error_code IS NOT NULL OR m.violations IS NOT NULL OR m.kind = ${KINDS.indexOf('malformed')})`;
const COLUMNS = `m.id, m.at, m.segment, m.offset, m.bytes, ${TROUBLED} AS troubled`;

/**
 * The rows of a search, part by part, so that whoever asked can stop when there are enough or the time is over.
 * @param most more than these are not of interest
 */
export function* scan(query: Query, source: ScanSource, most: number): Generator<ScannedPart> {
  const { days, open, isUnanswered } = source;
  const matcher = createContentMatcher(query);
  const order = query.order ?? 'desc';
  const bits = matcher === null ? [] : bitsOf(matcher.texts);
  const sqlDecides = matcher === null && query.unansweredBefore === undefined;
  for (const day of days) {
    const { file, frames } = open(day);
    const range = idRange(query, file);
    if (range === null) continue;
    const pieces = bits.length === 0 ? [range] : candidates(file, range, { bits, order });
    const select = selection(file, conditions(query, file), { order, most: sqlDecides ? most : -1 });
    for (const window of windowsOf(pieces, order, sqlDecides ? WINDOW_INDEXED : WINDOW_READ)) {
      open(day);
      const rows = select.rows(window);
      let hits = matcher === null ? rows : matching(rows, query, { matcher, frames });
      if (query.unansweredBefore !== undefined) hits = hits.filter(({ id }) => isUnanswered(day, id));
      yield { day, hits, edge: edgeOf(file, order === 'desc' ? window.first : window.last) };
    }
  }
}

/** How many rows of a search are in each part of its time, the newest first. */
export function* scanCounts(
  query: Query & { from: number },
  source: ScanSource,
  { step }: { step: number },
): Generator<{ counts: Counted[]; edge: Edge }> {
  const partOf = (at: number): number => Math.floor((at - query.from) / step);
  if (createContentMatcher(query) !== null || query.unansweredBefore !== undefined) {
    for (const { hits, edge } of scan(query, source, -1)) {
      yield { counts: hits.map(({ at, troubled }) => ({ part: partOf(at), rows: 1, troubled })), edge };
    }
    return;
  }
  for (const day of source.days) {
    const { file } = source.open(day);
    const range = idRange(query, file);
    if (range === null) continue;
    const { where, parameters } = conditions(query, file);
    const select =
      file.prepare(`SELECT CAST((m.at - ?) / ? AS INTEGER) AS part, count(*) AS rows, sum(${TROUBLED}) AS troubled
      FROM message m ${where} GROUP BY 1`);
    for (const { first, last } of windowsOf([range], 'desc', WINDOW_INDEXED)) {
      const counts = select.all(query.from, step, ...parameters, first, last) as Counted[];
      yield { counts, edge: edgeOf(file, first) };
    }
  }
}

function edgeOf(file: Database.Database, id: number): Edge {
  const at = file.prepare('SELECT at FROM message WHERE id >= ? ORDER BY id LIMIT 1').pluck().get(id) as number;
  return { id, at };
}

function selection(
  file: Database.Database,
  { where, parameters }: Conditions,
  { order, most }: { order: 'asc' | 'desc'; most: number },
) {
  const rows = file.prepare(`SELECT ${COLUMNS} FROM message m ${where} ORDER BY m.id ${order} LIMIT ?`);
  return { rows: ({ first, last }: IdRange): Hit[] => rows.all(...parameters, first, last, most) as Hit[] };
}

function matching(
  rows: Hit[],
  query: Query,
  { matcher, frames }: { matcher: ContentMatcher; frames: FrameReader },
): Hit[] {
  const isSparse = query.thingName !== undefined || query.messageId !== undefined;
  const isForwards = query.order === 'asc';
  // The journal is read forwards, whatever the order of the answer.
  const forwards = isForwards ? rows : rows.reverse();
  const found = forwards.filter((row) => {
    const frame = isSparse ? frames.read(row) : frames.readAhead(row);
    // A secret must not be found out by searching for it.
    return matcher.matches(frame) && matcher.matches(maskSecrets(frame).frame);
  });
  return isForwards ? found : found.reverse();
}

function* windowsOf(pieces: Iterable<IdRange>, order: 'asc' | 'desc', size: number): Generator<IdRange> {
  for (const { first, last } of pieces) {
    if (order === 'asc') {
      for (let from = first; from <= last; from += size) yield { first: from, last: Math.min(last, from + size - 1) };
    } else {
      for (let to = last; to >= first; to -= size) yield { first: Math.max(first, to - size + 1), last: to };
    }
  }
}

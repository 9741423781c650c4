import { createContentMatcher } from '@cpo-console/shared/message-log/content-filter.ts';
import { mayBeInCall } from '@cpo-console/shared/message-log/row-filter.ts';
import type { FramePlace } from '../journal/segment-format.ts';
import { maskSecrets } from '../mask-secrets.ts';
import type { MessageQuery } from '../message-log.ts';
import type { Conditions, Terms } from './conditions.ts';
import type { OpenDay } from './day-file.ts';
import { HIT_COLUMNS, type Hit, type Hits } from './hit.ts';
import { bitsOf } from './signature.ts';
import { createCandidates } from './signature-store.ts';
import type { IdRange } from './signed-blocks.ts';
import { edgeOf, type Order, partsOf } from './windows.ts';

/** Frames looked at between two looks at the clock. */
const FRAMES_AT_ONCE = 256;

export type Content = NonNullable<ReturnType<typeof contentOf>>;

/** What a search asks of the frames; null when nothing. */
export function contentOf(query: Omit<MessageQuery, 'limit'>) {
  const matcher = createContentMatcher(query);
  if (matcher === null) return null;
  const orInPartner = mayBeInCall(query);
  return {
    orInPartner,
    texts: matcher.texts,
    bits: orInPartner ? [] : bitsOf(matcher.texts),
    // A secret must not be found out by searching for it.
    matches: (frame: string): boolean => matcher.matches(frame) && matcher.matches(maskSecrets(frame).frame),
  };
}

interface ContentSearchOptions {
  order: Order;
  range: IdRange;
  conditions: Conditions;
  /** The frame of the CALL that a row answers. */
  partnerFrame: (id: number) => string | null;
}

/** Looks through a window of a day's ids, a few frames at a time. Of a part's rows those with the content are left, in the order of the search. */
export function createContentSearch(
  { bits, matches, orInPartner }: Content,
  { file, frames }: OpenDay,
  { order, range, conditions, partnerFrame }: ContentSearchOptions,
): (window: IdRange) => Generator<Hits> {
  const { where, parameters, indexed } = conditions;
  const candidates = bits.length === 0 ? null : createCandidates(file, range, bits);
  const rows = file.prepare(`SELECT ${HIT_COLUMNS} FROM message m ${where} ORDER BY m.id`);
  const rowsIn = ({ first, last }: IdRange): Hit[] => rows.all(...parameters, first, last) as Hit[];
  const inOrder = <T>(ascending: T[]): T[] => (order === 'desc' ? ascending.reverse() : ascending);
  const isInPartner = (id: number): boolean => {
    const call = orInPartner ? partnerFrame(id) : null;
    return call !== null && matches(call);
  };
  const partOf = (read: (place: FramePlace, last: FramePlace) => string, part: IdRange, found: Hit[]): Hits => ({
    hits: inOrder(found.filter((row) => matches(read(row, found.at(-1) ?? row)) || isInPartner(row.id))),
    edge: edgeOf(part, order),
  });

  function* throughAll(window: IdRange): Generator<Hits> {
    for (const run of inOrder(candidates?.runs(window) ?? [window])) {
      for (const part of partsOf(run, order, FRAMES_AT_ONCE)) {
        // The journal is read forwards, whatever the order of the answer.
        yield partOf((place, last) => frames.readAhead(place, last), part, rowsIn(part));
      }
    }
  }

  function throughIndex({ where, parameters }: Terms): (window: IdRange) => Generator<Hits> {
    const ids = file.prepare(`SELECT m.id FROM message m ${where} ORDER BY m.id`).pluck();
    return function* (window) {
      const known = ids.all(...parameters, window.first, window.last) as number[];
      const left = candidates?.among(known) ?? known;
      for (const { first, last } of partsOf({ first: 0, last: left.length - 1 }, order, FRAMES_AT_ONCE)) {
        const some = left.slice(first, last + 1);
        const found = some.flatMap((id) => rowsIn({ first: id, last: id }));
        yield partOf((place) => frames.read(place), { first: some[0] as number, last: some.at(-1) as number }, found);
      }
    };
  }

  const parts = indexed === null ? throughAll : throughIndex(indexed);
  return function* (window) {
    yield* parts(window);
    yield { hits: [], edge: edgeOf(window, order) };
  };
}

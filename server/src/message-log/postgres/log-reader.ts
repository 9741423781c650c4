import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { type Content, contentOf } from '../index/content-search.ts';
import { CLOCK_SLACK_MS, DIRECTIONS } from '../index/day-file.ts';
import { type Counted, createHistogram } from '../index/histogram.ts';
import type { HistogramPart, SearchPart } from '../index/protocol.ts';
import type { RelationRow } from '../index/relations.ts';
import { type IdRange, within } from '../index/signed-blocks.ts';
import { createViolationCounter, type ViolationGroup } from '../index/violation-counter.ts';
import { createWindows, edgeOf, type Order } from '../index/windows.ts';
import type { LogSizes } from '../kept/log-plan.ts';
import type { HistogramQuery, LogRange, MessageQuery, RelatedRows, ViolationCounts } from '../message-log.ts';
import { createParameters, mayContain, type Query, TROUBLED, whereOf } from './log-conditions.ts';
import { relationsOf } from './log-relations.ts';
import { candidateRuns } from './log-signatures.ts';
import { dayNumber } from './log-tables.ts';
import { COLUMNS, type StoredMessage, toLogRow } from './stored-message.ts';

/** Rows that are looked at before the clock is, and that are in memory at once. */
const ROWS_AT_ONCE = 512;
/** Conditions of one query. */
const RUNS_AT_ONCE = 64;
const COUNTED_KIND = DIRECTIONS.indexOf('in');

export type Select = (sql: string, values?: unknown[]) => Promise<unknown[]>;

/** Rows of a day between two ids; all ids up to the edge have been looked at. */
interface Found {
  day: number;
  rows: LogRow[];
  edge: number;
}

/** Reads days one after the other, the newest or the oldest first, until the page is full. */
export class LogReader {
  readonly #select: Select;

  constructor(select: Select) {
    this.#select = select;
  }

  /** What is found until there is enough or the time is over. */
  async search(query: MessageQuery, budgetMs: number): Promise<SearchPart> {
    const deadline = performance.now() + budgetMs;
    const rows: LogRow[] = [];
    for await (const { day, rows: found, edge } of this.#scan(query, Math.min(query.limit, ROWS_AT_ONCE))) {
      const wanted = found.slice(0, query.limit - rows.length);
      rows.push(...wanted);
      const last = wanted.at(-1);
      if (last !== undefined && (wanted.length < found.length || rows.length >= query.limit)) {
        return { rows, next: { afterId: last.id, at: last.at } };
      }
      if (performance.now() > deadline) return { rows, next: { afterId: edge, at: await this.#atOf(day, edge) } };
    }
    return { rows, next: null };
  }

  async row(id: number): Promise<LogRow | null> {
    const [stored] = await this.#select(`select ${COLUMNS} from message_log.message m where m.id = $1`, [id]);
    return stored === undefined ? null : toLogRow(stored as StoredMessage);
  }

  /** How rows stand to the others of their message ids, and those of the others that are not among them. */
  async relations(rows: readonly RelationRow[]): Promise<RelatedRows> {
    const relations = await relationsOf(rows, this.#select);
    const known = new Set(rows.map(({ id }) => id));
    const missing = relations.map(({ partnerId }) => partnerId).filter((id) => id !== null && !known.has(id));
    const partners = (await Promise.all(missing.map((id) => this.row(id ?? 0)))).filter((row) => row !== null);
    return { relations: [...relations, ...(await relationsOf(partners, this.#select))], partners };
  }

  async countViolations({ from, to }: LogRange): Promise<ViolationCounts> {
    const counter = createViolationCounter({ from, to });
    for (const day of await this.#days({ from, to, order: 'desc' })) {
      if (counter.left() <= 0) break;
      const groups = await this.#select(
        `select m.thing as "thingName", m.action, m.violations, count(*) as frames, max(m.id) as "lastId", min(m.at) as since
        from (
          select id, thing, action, at, violations from message_log.message
          where day = $1 and violations is not null and direction = ${COUNTED_KIND} and at >= $2 and at < $3
          order by id desc limit $4
        ) m group by m.thing, m.action, m.violations`,
        [day, from, to, counter.left()],
      );
      for (const group of groups) counter.add(group as ViolationGroup);
    }
    return counter.result();
  }

  /** @param query `afterId`: where the last part of it ended: the newest rows are counted first */
  async histogram(query: HistogramQuery & { afterId?: number }, budgetMs: number): Promise<HistogramPart> {
    const deadline = performance.now() + budgetMs;
    const histogram = createHistogram(query);
    for await (const { day, counts, edge } of this.#counts(query, histogram.step)) {
      counts.forEach(histogram.add);
      if (performance.now() > deadline) {
        return { histogram: histogram.result(await this.#atOf(day, edge)), next: edge };
      }
    }
    return { histogram: histogram.result(null), next: null };
  }

  /** Without the journal, where rows only are until they are here. */
  async sizes(): Promise<LogSizes> {
    const rows = (await this.#select(
      `select day.day, day.pins is not null as pinned, pg_total_relation_size(inhrelid) as bytes,
        case when day.pins is null then (select at from message_log.message m where m.day = day.day order by m.id limit 1) end
          as oldest,
        case when day.pins is null then (select max(id) - min(id) + 1 from message_log.message m where m.day = day.day)
          else (select count(*) from message_log.message m where m.day = day.day) end as rows
      from pg_inherits join pg_class on pg_class.oid = inhrelid join message_log.day
        on pg_class.relname = 'message_' || to_char(date '1970-01-01' + day.day, 'YYYYMMDD')
      where inhparent = 'message_log.message'::regclass order by day.day`,
    )) as { pinned: boolean; bytes: number; oldest: number | null; rows: number | null }[];
    const sum = (of: typeof rows) => ({
      rows: of.reduce((total, each) => total + (each.rows ?? 0), 0),
      bytes: of.reduce((total, each) => total + each.bytes, 0),
    });
    const whole = rows.filter(({ pinned }) => !pinned);
    return { ...sum(whole), oldestAt: whole[0]?.oldest ?? null, pinned: sum(rows.filter(({ pinned }) => pinned)) };
  }

  async *#scan(query: Query, rowsAtOnce: number): AsyncGenerator<Found> {
    const order = query.order ?? 'desc';
    const content = contentOf(query);
    const isSearched = content !== null || query.unansweredBefore !== undefined;
    const limit = isSearched ? ROWS_AT_ONCE : rowsAtOnce;
    const windows = windowsOf(query, order);
    for (const day of await this.#days(query)) {
      const range = await this.#idRange(query, day);
      if (range === null) continue;
      for (const window of windows(range)) {
        for await (const runs of this.#runsOf(window, query, content)) {
          for (let left = runs; left.length > 0; ) {
            const texts = content === null || content.orInPartner ? [] : content.texts;
            const stored = await this.#rowsIn(query, { day, runs: left }, { limit, texts });
            const last = stored.at(-1);
            const isMore = last !== undefined && stored.length >= limit;
            const rows = await this.#withContent(stored.map(toLogRow), content);
            const edge = isMore ? last.id : edgeOf(left.at(-1) ?? window, order);
            yield { day, rows: await this.#unanswered(query, rows), edge };
            left = isMore ? beyond(left, last.id, order) : [];
          }
        }
        yield { day, rows: [], edge: edgeOf(window, order) };
      }
    }
  }

  /** What of a window is looked at together, in the order of the search: of rows that are signed those that may have the content. */
  async *#runsOf(window: IdRange, query: Query, content: Content | null): AsyncGenerator<readonly IdRange[]> {
    if (content === null || content.bits.length === 0 || isNarrow(query)) {
      yield [window];
      return;
    }
    const runs = await candidateRuns(window, content.bits, this.#select);
    if (query.order !== 'asc') runs.reverse();
    for (let at = 0; at < runs.length; at += RUNS_AT_ONCE) yield runs.slice(at, at + RUNS_AT_ONCE);
  }

  async #rowsIn(
    query: Query,
    place: { day: number; runs: readonly IdRange[] },
    { limit, texts }: { limit: number; texts: readonly string[] },
  ): Promise<StoredMessage[]> {
    const parameters = createParameters();
    const where = `${whereOf(query, place, parameters)} and ${mayContain(texts, parameters)}`;
    const order = query.order === 'asc' ? 'asc' : 'desc';
    const sql = `select ${COLUMNS} from message_log.message m where ${where} order by m.id ${order} limit ${limit}`;
    return (await this.#select(sql, parameters.values)) as StoredMessage[];
  }

  async #withContent(rows: LogRow[], content: Content | null): Promise<LogRow[]> {
    if (content === null) return rows;
    const inCall = content.orInPartner ? await this.#partnersWith(rows, content) : new Set();
    return rows.filter(({ id, frame }) => content.matches(frame) || inCall.has(id));
  }

  /** The ids of answers whose CALL has the content. */
  async #partnersWith(rows: LogRow[], { matches }: Content): Promise<Set<number>> {
    const relations = await relationsOf(rows, this.#select);
    const calls = (await this.#select('select id, frame from message_log.message where id = any($1::bigint[])', [
      relations.map(({ partnerId }) => partnerId).filter((id) => id !== null),
    ])) as { id: number; frame: string }[];
    const found = new Set(calls.filter(({ frame }) => matches(frame)).map(({ id }) => id));
    return new Set(relations.filter(({ partnerId }) => partnerId !== null && found.has(partnerId)).map(({ id }) => id));
  }

  async #unanswered({ unansweredBefore }: Query, rows: LogRow[]): Promise<LogRow[]> {
    if (unansweredBefore === undefined) return rows;
    const relations = await relationsOf(rows, this.#select);
    const answered = new Set(relations.filter(({ partnerId }) => partnerId !== null).map(({ id }) => id));
    return rows.filter(({ id }) => !answered.has(id));
  }

  /** How many rows of a search are in each part of its time, the newest first. */
  async *#counts(
    query: Omit<HistogramQuery, 'parts'>,
    step: number,
  ): AsyncGenerator<{ day: number; counts: Counted[]; edge: number }> {
    const partOf = (at: number): number => Math.floor((at - query.from) / step);
    if (contentOf(query) !== null || query.unansweredBefore !== undefined) {
      for await (const { day, rows, edge } of this.#scan(query, ROWS_AT_ONCE)) {
        yield { day, counts: rows.map((row) => ({ part: partOf(row.at), rows: 1, troubled: isTroubled(row) })), edge };
      }
      return;
    }
    const windows = windowsOf(query, 'desc');
    for (const day of await this.#days(query)) {
      const range = await this.#idRange(query, day);
      if (range === null) continue;
      for (const window of windows(range)) {
        const parameters = createParameters();
        const part = `(m.at - ${parameters.add(query.from)}::bigint) / ${parameters.add(step)}::bigint`;
        const where = whereOf(query, { day, runs: [window] }, parameters);
        const counts = await this.#select(
          `select ${part} as part, count(*) as rows, count(*) filter (where ${TROUBLED}) as troubled
          from message_log.message m where ${where} group by 1`,
          parameters.values,
        );
        yield { day, counts: counts as Counted[], edge: window.first };
      }
    }
  }

  /** In the order of the search. */
  async #days({ from, to, order }: Pick<Query, 'from' | 'to' | 'order'>): Promise<number[]> {
    const rows = await this.#select(
      'select day from message_log.day where day >= coalesce($1::integer, day) and day <= coalesce($2::integer, day) order by day',
      // A row that the clock was set back for is in the day after.
      [from === undefined ? null : dayNumber(from), to === undefined ? null : dayNumber(to + CLOCK_SLACK_MS)],
    );
    const days = (rows as { day: number }[]).map(({ day }) => day);
    return order === 'asc' ? days : days.reverse();
  }

  /** The ids among which the rows of the query are, by its times and its place; null when the day has none. */
  async #idRange({ from, to, afterId, order }: Query, day: number): Promise<IdRange | null> {
    const [ends] = (await this.#select(
      `select (select min(id) from message_log.message where day = $1) as first,
        (select max(id) from message_log.message where day = $1) as last,
        (select id from message_log.tick where at <= $2 order by at desc limit 1) as from,
        (select id from message_log.tick where at >= $3 order by at limit 1) as to`,
      [day, from === undefined ? null : from - CLOCK_SLACK_MS, to === undefined ? null : to + CLOCK_SLACK_MS],
    )) as { first: number | null; last: number | null; from: number | null; to: number | null }[];
    if (ends === undefined || ends.first === null || ends.last === null) return null;
    const afterAsc = afterId !== undefined && order === 'asc' ? afterId + 1 : 0;
    const afterDesc = afterId !== undefined && order !== 'asc' ? afterId - 1 : Number.POSITIVE_INFINITY;
    const first = Math.max(ends.first, ends.from ?? 0, afterAsc);
    const last = Math.min(ends.last, ends.to ?? Number.POSITIVE_INFINITY, afterDesc);
    return first <= last ? { first, last } : null;
  }

  /** When the row of an id came, or the next that there is. */
  async #atOf(day: number, id: number): Promise<number> {
    const [row] = await this.#select(
      'select at from message_log.message where day = $1 and id >= $2 order by id limit 1',
      [day, id],
    );
    return (row as { at: number }).at;
  }
}

/** An index leads to few rows. */
const isNarrow = ({ thingName, messageId, errorCode }: Query): boolean =>
  thingName !== undefined || messageId !== undefined || errorCode !== undefined;

/** Of few rows a day is one window; else what is looked at takes a bounded time. */
const windowsOf = (query: Query, order: Order) =>
  isNarrow(query) ? (range: IdRange): Iterable<IdRange> => [range] : createWindows(order);

/** What is left of runs, which are in the order of the search, after an id. */
const beyond = (runs: readonly IdRange[], id: number, order: Order): IdRange[] =>
  runs
    .map((run) => within(run, order === 'asc' ? { first: id + 1, last: run.last } : { first: run.first, last: id - 1 }))
    .filter(({ first, last }) => first <= last);

const isTroubled = ({ errorCode, violations, kind }: LogRow): number =>
  errorCode !== null || violations !== null || kind === 'malformed' ? 1 : 0;

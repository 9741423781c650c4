import { existsSync } from 'node:fs';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type Database from 'better-sqlite3';
import { listKeptDays } from '../kept/kept-days.ts';
import type { HistogramQuery, LogRange, MessageQuery, RelatedRows, ViolationCounts } from '../message-log.ts';
import { CLOCK_SLACK_MS, dayFilePath, dayOf, listDays, type OpenDay, openDayFile } from './day-file.ts';
import { FrameReader } from './frame-reader.ts';
import { createHistogram } from './histogram.ts';
import type { HistogramPart, IndexFolders, SearchPart } from './protocol.ts';
import { type RelationRow, relationsOf } from './relations.ts';
import { type ScanSource, scan, scanCounts } from './scan.ts';
import { storedRows, toLogRow } from './stored-row.ts';
import { createViolationCounter } from './violation-counter.ts';

const FILES_OPEN = 8;

/** Reads the day files, newest or oldest day first, until the page is full. */
export class IndexReader {
  readonly #folders: IndexFolders;
  readonly #frames: FrameReader;
  readonly #open = new Map<string, OpenDay>();

  constructor(folders: IndexFolders) {
    this.#folders = folders;
    this.#frames = new FrameReader(folders.journal);
  }

  /** What is found until there is enough or the time is over. */
  search(query: MessageQuery, budgetMs: number): SearchPart {
    const deadline = performance.now() + budgetMs;
    const rows: LogRow[] = [];
    for (const { day, hits, edge } of scan(query, this.#source(query), query.limit)) {
      const wanted = hits.slice(0, query.limit - rows.length);
      rows.push(...this.#rowsOf(day, wanted));
      const last = wanted.at(-1);
      if (last !== undefined && (wanted.length < hits.length || rows.length >= query.limit)) {
        return { rows, next: { afterId: last.id, at: last.at } };
      }
      if (performance.now() > deadline) return { rows, next: { afterId: edge, at: this.#atOf(day, edge) } };
    }
    return { rows, next: null };
  }

  row(id: number): LogRow | null {
    for (const day of this.#days().reverse()) {
      const [row] = this.#rowsOf(day, [{ id }]);
      if (row !== undefined) return row;
    }
    return null;
  }

  /** Rows of one day's file, oldest or newest first. */
  ofDay(day: string, query: MessageQuery): LogRow[] {
    const rows: LogRow[] = [];
    for (const { hits } of scan(query, { ...this.#source(query), days: [day] }, query.limit)) {
      rows.push(...this.#rowsOf(day, hits.slice(0, query.limit - rows.length)));
    }
    return rows;
  }

  /** How much is here that is not only kept because it is pinned. Ids have no gaps. */
  extent(): { rows: number; oldestAt: number | null } {
    const days = listDays(this.#folders.index);
    const end = (day: string | undefined, order: 'ASC' | 'DESC') =>
      day === undefined
        ? undefined
        : (this.#file(day).prepare(`SELECT id, at FROM message ORDER BY id ${order} LIMIT 1`).get() as
            | { id: number; at: number }
            | undefined);
    const oldest = end(days[0], 'ASC');
    const newest = end(days.at(-1), 'DESC');
    return { rows: oldest && newest ? newest.id - oldest.id + 1 : 0, oldestAt: oldest?.at ?? null };
  }

  countKept(day: string): number {
    return this.#file(day).prepare('SELECT count(*) FROM message').pluck().get() as number;
  }

  countViolations(range: LogRange): ViolationCounts {
    const counter = createViolationCounter(range);
    const days = daysOf(range, this.#days()).reverse();
    for (const day of days) if (counter.left() > 0) counter.count(this.#file(day));
    return counter.result();
  }

  /** @param afterId where the last part of it ended: the newest rows are counted first */
  histogram(query: HistogramQuery & { afterId?: number }, budgetMs: number): HistogramPart {
    const deadline = performance.now() + budgetMs;
    const histogram = createHistogram(query);
    for (const { day, counts, edge } of scanCounts(query, this.#source(query), histogram)) {
      counts.forEach(histogram.add);
      if (performance.now() > deadline) {
        return { histogram: histogram.result(this.#atOf(day, edge)), next: edge };
      }
    }
    return { histogram: histogram.result(null), next: null };
  }

  /** How rows stand to the others of their message ids, and those of the others that are not among them. */
  relations(rows: RelationRow[]): RelatedRows {
    const days = this.#days();
    const files = { daysOf: (range: LogRange) => daysOf(range, days), open: (day: string) => this.#file(day) };
    const relations = relationsOf(rows, files);
    const known = new Set(rows.map(({ id }) => id));
    const missing = relations.map(({ partnerId }) => partnerId).filter((id) => id !== null && !known.has(id));
    const partners = missing.map((id) => this.row(id ?? 0)).filter((row) => row !== null);
    return { relations: [...relations, ...relationsOf(partners, files)], partners };
  }

  /** Lets go of files, so that they can be removed. */
  close(): void {
    for (const day of this.#open.values()) this.#closeDay(day);
    this.#open.clear();
    this.#frames.close();
  }

  #rowsOf(day: string, hits: readonly { id: number }[]): LogRow[] {
    const { file, frames } = this.#day(day);
    const stored = storedRows(
      file,
      hits.map(({ id }) => id),
    );
    const texts = frames.readAll(stored);
    return stored.map((row, at) => toLogRow(row, texts[at] ?? ''));
  }

  /** When the row of an id came, or the next that there is. */
  #atOf(day: string, id: number): number {
    const select = this.#file(day).prepare('SELECT at FROM message WHERE id >= ? ORDER BY id LIMIT 1');
    return select.pluck().get(id) as number;
  }

  /** Oldest first. Of those that have gone, what is pinned may be left. */
  #days(): string[] {
    const kept = listKeptDays(this.#folders.kept).map(({ day }) => day);
    return [...new Set([...kept, ...listDays(this.#folders.index)])].sort();
  }

  #source(query: Omit<MessageQuery, 'limit'>): ScanSource {
    const days = this.#days();
    const files = { daysOf: (range: LogRange) => daysOf(range, days), open: (day: string) => this.#file(day) };
    const searched = daysOf(query, days);
    const partnerOf = (day: string, id: number): number | null => {
      const rows = storedRows(this.#file(day), [id]).map((stored) => toLogRow(stored, ''));
      return relationsOf(rows, files)[0]?.partnerId ?? null;
    };
    return {
      days: query.order === 'asc' ? searched : searched.reverse(),
      open: (day) => this.#day(day),
      isUnanswered: (day, id) => partnerOf(day, id) === null,
      partnerFrame: (day, id) => this.row(partnerOf(day, id) ?? 0)?.frame ?? null,
    };
  }

  #file(day: string): Database.Database {
    return this.#day(day).file;
  }

  #day(day: string): OpenDay {
    const opened = this.#open.get(day) ?? this.#openDay(day);
    // The one that was asked for longest ago comes first.
    this.#open.delete(day);
    this.#open.set(day, opened);
    const [oldest] = this.#open;
    if (this.#open.size > FILES_OPEN && oldest !== undefined) {
      this.#closeDay(oldest[1]);
      this.#open.delete(oldest[0]);
    }
    return opened;
  }

  #closeDay({ file, frames }: OpenDay): void {
    file.close();
    if (frames !== this.#frames) frames.close();
  }

  /** The whole day counts as long as it is there. */
  #openDay(day: string): OpenDay {
    const { index, kept } = this.#folders;
    const left = existsSync(dayFilePath(index, day)) ? undefined : listKeptDays(kept).find((each) => each.day === day);
    if (left === undefined) return { file: openDayFile(index, day, 'read'), frames: this.#frames };
    return { file: openDayFile(left.index, day, 'read'), frames: new FrameReader(left.journal) };
  }
}

function daysOf(query: Partial<LogRange>, days: string[]): string[] {
  const first = query.from === undefined ? '' : dayOf(query.from);
  // A row that the clock was set back for stands in the file of the day after.
  const last = query.to === undefined ? '~' : dayOf(query.to + CLOCK_SLACK_MS);
  return days.filter((day) => day >= first && day <= last);
}

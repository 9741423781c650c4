import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { Relation } from '@cpo-console/shared/message-log/relate.ts';
import type { RowFilter } from '@cpo-console/shared/message-log/row-filter.ts';
import type { DecodedFrame } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { LogHistogram } from './index/histogram.ts';
import type { LogPlan, LogSizes } from './kept/log-plan.ts';

/** A row as its writer gives it; the log adds the id. */
export type NewLogRow = Omit<LogRow, 'id'>;

/** A row in memory, with the frame that its writer had decoded anyway. */
export interface LogEntry {
  row: LogRow;
  decoded: DecodedFrame | null;
}

/** Milliseconds since the epoch: from, inclusive, to, exclusive. */
export interface LogRange {
  from: number;
  to: number;
}

export interface MessageQuery extends RowFilter {
  /** CALLs from before this instant that have no answer. */
  unansweredBefore?: number;
  order?: 'asc' | 'desc';
  limit: number;
  /** Only rows beyond this id, in the direction of `order`. */
  afterId?: number;
}

/** `next`: what to ask for as `afterId` to go on, and from when that row is; null when nothing is left. */
export interface LogSearch {
  rows: LogRow[];
  next: { afterId: number; at: number } | null;
}

/** What is filtered, in `parts` equal parts of the range. */
export type HistogramQuery = Omit<MessageQuery, 'limit' | 'order' | 'afterId'> & LogRange & { parts: number };

/** The other halves that were not among some rows, and how these and those stand to others. */
export interface RelatedRows {
  relations: Relation[];
  partners: LogRow[];
}

/** Frames of a charge point that broke a rule at a place. */
export interface ViolationCount {
  thingName: string;
  action: string | null;
  /** `*` stands for any place of a list. */
  path: string;
  rule: string;
  message: string;
  frames: number;
  lastId: number;
}

export interface ViolationCounts {
  rules: ViolationCount[];
  /** Frames with at least one violation, by thing. */
  frames: Map<string, number>;
  /** When the oldest frame came that was counted, if there were more than are counted at once; else null. */
  cutAt: number | null;
}

/** Every frame both ways, append-only: the product's memory. */
export interface MessageLog {
  /** Takes the row into the current group and returns it with its id. Not durable yet. */
  append(row: NewLogRow, decoded: DecodedFrame | null): LogRow;
  /**
   * Calls back when everything appended so far is on disk, in the order of the calls.
   * @param done gets an Error when it could not be written: then nothing may be acknowledged
   */
  whenDurable(done: (error: Error | null) => void): void;
  /** Durable rows only. Waits for those that were appended before it. */
  query(query: MessageQuery): Promise<LogRow[]>;
  /** As `query`, but gives up for now when it takes longer than `forMs`, and says where to go on. */
  search(query: MessageQuery, forMs: number): Promise<LogSearch>;
  row(id: number): Promise<LogRow | null>;
  /** Pairs CALLs and answers, also where they are on different pages. */
  relations(rows: readonly LogRow[]): Promise<RelatedRows>;
  /** What charge points got wrong from `from` up to `to`. Counts the newest frames when there are very many. */
  countViolations(range: LogRange): Promise<ViolationCounts>;
  /** How many rows of a search fall into each of equal parts of a range; the newest, when counting takes too long. */
  histogram(query: HistogramQuery): Promise<LogHistogram>;
  /** Removes days in the background, and keeps what is pinned of them. One at a time; resolves when it is done. */
  prune(plan: LogPlan): Promise<void>;
  sizes(): Promise<LogSizes>;
  /** All rows with `id` greater than `afterId`, ascending, in pages: for folding state after a start. */
  replay(afterId: number, visit: (row: LogRow) => void): Promise<void>;
  /** Durable rows as they come, in order, in groups. Listeners must not throw. */
  subscribe(listener: (entries: readonly LogEntry[]) => void): () => void;
  /** The newest durable id, 0 when empty. */
  lastId(): number;
  /** The newest rows still in memory after `afterId`, or null when `afterId` is older than what memory holds. */
  recent(afterId: number): readonly LogRow[] | null;
  health(): { trouble: string | null; indexLagRows: number; lastCommitMs: number };
  close(): Promise<void>;
}

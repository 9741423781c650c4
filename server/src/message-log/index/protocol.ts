import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { DatabaseAwayError } from '../../database/engine.ts';
import type { JournalPosition } from '../journal/journal.ts';
import type { LogPlan, LogSizes } from '../kept/log-plan.ts';
import type { HistogramQuery, LogRange, MessageQuery, RelatedRows, ViolationCounts } from '../message-log.ts';
import type { LogHistogram } from './histogram.ts';
import type { RelationRow } from './relations.ts';

export interface IndexFolders {
  journal: string;
  index: string;
  /** What is pinned of days that have gone. */
  kept: string;
}

/** To the writer. `ask` asks for an answer once the rows up to `end` are in the index. */
export type WriterRequest =
  | { kind: 'index'; end: JournalPosition; ask: number | null }
  | { kind: 'prune'; plan: LogPlan; ask: number }
  /** Segments that no row is in any more. */
  | { kind: 'drop-segments'; ask: number }
  | { kind: 'close' };

/** `ready` comes once, when everything that the journal held at the start is in the index. */
export type WriterReply =
  | { kind: 'ready'; lastId: number; nextSegment: number }
  | { kind: 'indexed'; lastId: number; ask: number | null }
  | { kind: 'trouble'; message: string }
  | { kind: 'done'; ask: number; problem: Problem | null };

/** `isAway`: nothing is wrong with the question, it can't be answered just now. */
export interface Problem {
  message: string;
  isAway: boolean;
}

export const toProblem = (error: unknown): Problem => ({
  message: error instanceof Error ? error.message : String(error),
  isAway: error instanceof DatabaseAwayError,
});

/** `next`: where to go on; null when everything was looked at. */
export interface SearchPart {
  rows: LogRow[];
  next: { afterId: number; at: number } | null;
}
export interface HistogramPart {
  histogram: LogHistogram;
  next: number | null;
}

/** What the reader can be asked, and what it answers. */
export interface ReaderQuestions {
  search: { request: { query: MessageQuery; budgetMs: number }; answer: SearchPart };
  row: { request: { id: number }; answer: LogRow | null };
  violations: { request: LogRange; answer: ViolationCounts };
  histogram: { request: { query: HistogramQuery & { afterId?: number }; budgetMs: number }; answer: HistogramPart };
  relations: { request: { rows: RelationRow[] }; answer: RelatedRows };
  sizes: { request: object; answer: LogSizes };
  release: { request: object; answer: null };
}

export type ReaderQuestion = keyof ReaderQuestions;
export type ReaderRequest = {
  [K in ReaderQuestion]: { ask: number; kind: K } & ReaderQuestions[K]['request'];
}[ReaderQuestion];
export type ReaderAnswer = ReaderQuestions[ReaderQuestion]['answer'];

/** `answer` is of the kind that was asked for. */
export type ReaderReply = { ask: number; answer: ReaderAnswer } | { ask: number; problem: Problem };

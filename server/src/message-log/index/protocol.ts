import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { JournalPosition } from '../journal/journal.ts';
import type { MessageQuery, ViolationCounts } from '../message-log.ts';

export interface IndexFolders {
  journal: string;
  index: string;
}

/** To the writer. `ask` asks for an answer once the rows up to `end` are in the index. */
export type WriterRequest =
  | { kind: 'index'; end: JournalPosition; ask: number | null }
  | { kind: 'prune'; beforeDay: string }
  | { kind: 'close' };

/** `ready` comes once, when everything that the journal held at the start is in the index. */
export type WriterReply =
  | { kind: 'ready'; lastId: number; nextSegment: number }
  | { kind: 'indexed'; lastId: number; ask: number | null }
  | { kind: 'trouble'; message: string };

export type ReaderRequest =
  | { ask: number; kind: 'query'; query: MessageQuery }
  | { ask: number; kind: 'row'; id: number }
  | { ask: number; kind: 'violations'; from: number; to: number }
  | { ask: number; kind: 'release' };

/** `answer` is of the kind that was asked for. */
export type ReaderReply = { ask: number; answer: LogRow[] | ViolationCounts } | { ask: number; problem: string };

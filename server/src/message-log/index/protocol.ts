import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { JournalPosition } from '../journal/journal.ts';
import type { MessageQuery } from '../message-log.ts';

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
  | { ask: number; kind: 'release' };

export type ReaderReply = { ask: number; rows: LogRow[] } | { ask: number; problem: string };

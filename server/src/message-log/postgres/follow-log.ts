import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { listen } from '../../database/postgres/listen.ts';
import type { MessageQuery } from '../message-log.ts';
import { LOG_NEWS } from './log-tables.ts';

const PAGE = 1_000;
const RETRY_MS = 1_000;

export interface FollowLogOptions {
  url: string;
  /** Rows after this one. */
  afterId: number;
  read: (query: MessageQuery) => Promise<readonly LogRow[]>;
  onRows: (rows: readonly LogRow[]) => void;
}

/** Gives the rows of all processes, in the order of their ids, as they come into the database. @returns ends it */
export async function followLog({ url, afterId, read, onRows }: FollowLogOptions): Promise<() => Promise<void>> {
  let position = afterId;
  let isNews = false;
  let reading: Promise<void> | null = null;
  let retry: NodeJS.Timeout | null = null;
  let closed = false;

  async function readOn(): Promise<void> {
    try {
      while (isNews && !closed) {
        isNews = false;
        const rows = await read({ order: 'asc', limit: PAGE, afterId: position });
        position = rows.at(-1)?.id ?? position;
        isNews ||= rows.length === PAGE;
        if (rows.length > 0) onRows(rows);
      }
    } catch {
      // Why it can't be read is told by who asks.
      retry = setTimeout(() => {
        retry = null;
        wake();
      }, RETRY_MS).unref();
    } finally {
      reading = null;
    }
  }

  function wake(): void {
    isNews = true;
    if (retry === null) reading ??= readOn();
  }

  const stop = await listen({ url, channel: LOG_NEWS, onNotice: wake, onListening: wake });
  return async () => {
    closed = true;
    if (retry !== null) clearTimeout(retry);
    await stop();
    await reading;
  };
}

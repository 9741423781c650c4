import type { DatabaseRequest } from '../engine.ts';
import { listen } from './listen.ts';

const CHANNEL = 'written_tables';
const WRITES = /^(?:insert into|update|delete from) "(\w+)"/i;

export interface TableNewsOptions {
  url: string;
  /** Whether a connection is the one that we write over. */
  isOurs: (pid: number) => boolean;
}

/** Tells other processes which tables were written, of those that are kept in memory, and hears it from them. */
export interface TableNews {
  follow(table: string, reading: Reading): void;
  /** It is going to be written. */
  written(request: DatabaseRequest): void;
  /** What to write behind these, so that others hear of them. */
  toTell(requests: readonly DatabaseRequest[]): DatabaseRequest[];
  close(): Promise<void>;
}

interface Reading {
  /** Does not reject. @returns takes what was read, at once */
  read(): Promise<() => void>;
}

interface Followed extends Reading {
  /** Counts what was written here. */
  writes: number;
  isNews: boolean;
  isReading: boolean;
}

export async function createTableNews({ url, isOurs }: TableNewsOptions): Promise<TableNews> {
  const followed = new Map<string, Followed[]>();
  const of = (table: string): Followed[] => followed.get(table) ?? [];

  async function readAnew(each: Followed): Promise<void> {
    each.isNews = true;
    if (each.isReading) return;
    each.isReading = true;
    while (each.isNews) {
      each.isNews = false;
      const { writes } = each;
      const take = await each.read();
      // What was written here meanwhile may be missing in it.
      if (each.writes === writes) take();
      else each.isNews = true;
    }
    each.isReading = false;
  }

  const close = await listen({
    url,
    channel: CHANNEL,
    onNotice: (table, from) => {
      if (!isOurs(from)) for (const each of of(table)) void readAnew(each);
    },
    // Something may have been missed.
    onListening: () => {
      for (const all of followed.values()) for (const each of all) void readAnew(each);
    },
  });

  return {
    follow(table, { read }) {
      followed.set(table, [...of(table), { read, writes: 0, isNews: false, isReading: false }]);
    },
    written(request) {
      for (const table of tablesOf([request])) for (const each of of(table)) each.writes += 1;
    },
    toTell: (requests) => [...tablesOf(requests)].filter((table) => followed.has(table)).map(notice),
    close,
  };
}

function tablesOf(requests: readonly DatabaseRequest[]): Set<string> {
  const tables = new Set<string>();
  for (const { kind, statements } of requests) {
    if (kind === 'write') for (const { sql } of statements) tables.add(WRITES.exec(sql)?.[1] ?? '');
  }
  return tables;
}

const notice = (table: string): DatabaseRequest => ({
  kind: 'write',
  statements: [{ sql: 'select pg_notify($1, $2)', parameters: [CHANNEL, table] }],
});

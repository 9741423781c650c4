import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexThreads } from './index/index-client.ts';
import type { IndexFolders } from './index/protocol.ts';
import type { LogFeedOptions } from './postgres/log-feed.ts';

/** The journal's folder, and the threads that move its rows to where queries find them. */
export interface LogThreads {
  journal: string;
  threads: IndexThreads;
}

const at = (path: string): URL => new URL(path, import.meta.url);

export async function sqliteThreads(dataDir: string): Promise<LogThreads> {
  const folders: IndexFolders = {
    journal: join(dataDir, 'journal'),
    index: join(dataDir, 'message-index'),
    kept: join(dataDir, 'pinned-messages'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  const threads = {
    writer: at('./index/writer.worker.ts'),
    reader: at('./index/reader.worker.ts'),
    workerData: folders,
  };
  return { journal: folders.journal, threads };
}

export interface PostgresLog {
  url: string;
  /** The last id that anything else in the database may know of: new rows come after it. */
  idsAfter: number;
  /** Other processes write to it, too. */
  shared?: boolean;
}

/** Rows are in the journal only until PostgreSQL has them. */
export async function postgresThreads(
  dataDir: string,
  { url, idsAfter, shared = false }: PostgresLog,
): Promise<LogThreads> {
  const journal = join(dataDir, 'spool');
  await mkdir(journal, { recursive: true });
  const workerData: LogFeedOptions = { url, idsAfter, shared, journal, source: await nameOf(journal) };
  const threads = {
    writer: at('./postgres/feeder.worker.ts'),
    reader: at('./postgres/log-reader.worker.ts'),
    workerData,
  };
  return { journal, threads };
}

/** By which the database knows how much it has of this journal. */
async function nameOf(journal: string): Promise<string> {
  const file = join(journal, 'name');
  const name = await readFile(file, 'utf8').catch(() => '');
  if (name !== '') return name;
  const made = randomUUID();
  await writeFile(file, made, { flush: true });
  return made;
}

import type { Readable } from 'node:stream';
import type { LogFile } from '@cpo-console/shared/api/jobs.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Database } from '../../database/database.ts';
import type { LogFileRow } from '../../database/tables/transfers.tables.ts';
import { newestFirst } from '../page-cursor.ts';
import { safeFileName } from './file-name.ts';
import { type FileStore, openFileStore } from './file-store.ts';

export type AddedLog =
  | { kind: 'stored'; file: LogFile }
  | { kind: 'incomplete' }
  | { kind: 'too-large'; maxBytes: number }
  /** There is no room for any file. */
  | { kind: 'quota' };

/** Files that charge points have put here. */
export interface LogFiles {
  add(source: Readable, facts: { thingName: string; jobId: string | null; fileName: string }): Promise<AddedLog>;
  get(id: string): Promise<LogFile | null>;
  ofJobs(jobIds: readonly string[]): Promise<LogFile[]>;
  /** Newest first. */
  list(query: { thingName: string; limit: number; cursor?: string }): Promise<Page<LogFile>>;
  read: FileStore['read'];
  remove(id: string): Promise<void>;
  removeOf(thingName: string): Promise<void>;
}

export interface LogFilesOptions {
  database: Pick<Database, 'query' | 'write'>;
  folder: string;
  /** Of one file. */
  maxBytes: number;
  /** Of all together. */
  quotaBytes: number;
  now: () => number;
  newId: () => string;
  /** Other processes put files there, too. */
  shared?: boolean | undefined;
}

export async function createLogFiles(options: LogFilesOptions): Promise<LogFiles> {
  const { database, folder, maxBytes, quotaBytes, now, newId, shared } = options;
  const { query } = database;
  const stored = await query.selectFrom('log_files').select(['id', 'bytes']).execute();
  const files = await openFileStore({ folder, newId, known: new Set(stored.map(({ id }) => id)), shared });
  /** Kept, and promised to uploads that go on. */
  let taken = stored.reduce((sum, { bytes }) => sum + bytes, 0);

  async function keep(
    source: Readable,
    { limit, ...facts }: { thingName: string; jobId: string | null; fileName: string; limit: number },
  ): Promise<AddedLog> {
    const received = await files.receive(source, limit);
    if (received.kind === 'too-large') return { kind: 'too-large', maxBytes: limit };
    if (received.kind === 'incomplete') return received;
    const row: LogFileRow = {
      id: received.id,
      thing_name: facts.thingName,
      job_id: facts.jobId,
      file_name: safeFileName(facts.fileName, 'log.bin'),
      bytes: received.bytes,
      sha256: received.sha256,
      received_at: now(),
    };
    await database.write(query.insertInto('log_files').values(row).compile());
    return { kind: 'stored', file: toFile(row) };
  }

  async function remove(id: string): Promise<void> {
    const row = await query.selectFrom('log_files').select('bytes').where('id', '=', id).executeTakeFirst();
    if (row === undefined) return;
    await database.write(query.deleteFrom('log_files').where('id', '=', id).compile());
    await files.remove(id);
    taken -= row.bytes;
  }

  return {
    async add(source, facts) {
      const limit = Math.min(maxBytes, quotaBytes - taken);
      if (limit <= 0) return { kind: 'quota' };
      taken += limit;
      let kept = 0;
      try {
        const outcome = await keep(source, { ...facts, limit });
        if (outcome.kind === 'stored') kept = outcome.file.bytes;
        return outcome;
      } finally {
        taken += kept - limit;
      }
    },
    async get(id) {
      const row = await query.selectFrom('log_files').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toFile(row);
    },
    async ofJobs(jobIds) {
      if (jobIds.length === 0) return [];
      const rows = await query
        .selectFrom('log_files')
        .selectAll()
        .where('job_id', 'in', [...jobIds])
        .orderBy('received_at')
        .execute();
      return rows.map(toFile);
    },
    async list({ thingName, limit, cursor }) {
      const select = query.selectFrom('log_files').selectAll().where('thing_name', '=', thingName);
      const { shown, nextCursor } = await newestFirst(select, 'received_at', { limit, cursor });
      return { items: shown.map(toFile), nextCursor };
    },
    read: files.read,
    remove,
    async removeOf(thingName) {
      const rows = await query.selectFrom('log_files').select('id').where('thing_name', '=', thingName).execute();
      for (const { id } of rows) await remove(id);
    },
  };
}

const toFile = (row: LogFileRow): LogFile => ({
  id: row.id,
  thingName: row.thing_name,
  jobId: row.job_id,
  fileName: row.file_name,
  bytes: row.bytes,
  sha256: row.sha256,
  receivedAt: new Date(row.received_at).toISOString(),
});

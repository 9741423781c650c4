import type { Readable } from 'node:stream';
import type { FirmwareFile } from '@cpo-console/shared/api/jobs.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Database } from '../../database/database.ts';
import type { FirmwareFileRow } from '../../database/tables/transfers.tables.ts';
import { jobState } from '../jobs/job-state.ts';
import { newestFirst } from '../page-cursor.ts';
import { safeFileName } from './file-name.ts';
import { type FileStore, openFileStore, type ReceivedFile } from './file-store.ts';

/** What people say about a firmware file. */
export type FirmwareNotes = Pick<
  FirmwareFile,
  'name' | 'version' | 'vendor' | 'model' | 'note' | 'signature' | 'signingCertificate'
>;

export type AddedFirmware =
  | { kind: 'stored'; file: FirmwareFile }
  | { kind: 'empty' }
  | Exclude<ReceivedFile, { kind: 'stored' }>;

/** Firmware that is kept here for charge points to fetch. */
export interface FirmwareFiles {
  add(source: Readable, facts: { notes: FirmwareNotes; fileName: string; createdBy: string }): Promise<AddedFirmware>;
  get(id: string): Promise<FirmwareFile | null>;
  named(ids: readonly string[]): Promise<Map<string, Pick<FirmwareFile, 'id' | 'name' | 'version'>>>;
  /** Newest first. */
  list(query: { limit: number; cursor?: string }): Promise<Page<FirmwareFile>>;
  update(id: string, notes: Partial<FirmwareNotes>): Promise<FirmwareFile | null>;
  read: FileStore['read'];
  remove(id: string): Promise<void>;
}

export interface FirmwareFilesOptions {
  database: Pick<Database, 'query' | 'write'>;
  folder: string;
  maxBytes: number;
  now: () => number;
  newId: () => string;
  /** Other processes put files there, too. */
  shared?: boolean | undefined;
}

export async function createFirmwareFiles(options: FirmwareFilesOptions): Promise<FirmwareFiles> {
  const { database, folder, maxBytes, now, newId, shared } = options;
  const { query } = database;
  const stored = await query.selectFrom('firmware_files').select('id').execute();
  const files = await openFileStore({ folder, newId, known: new Set(stored.map(({ id }) => id)), shared });

  const rowOf = (id: string): Promise<FirmwareFileRow | undefined> =>
    query.selectFrom('firmware_files').selectAll().where('id', '=', id).executeTakeFirst();

  /** The charge points that still have to fetch or install it. */
  async function users(ids: readonly string[]): Promise<Map<string, string[]>> {
    const rows =
      ids.length === 0
        ? []
        : await query
            .selectFrom('jobs')
            .select(['firmware_file_id', 'thing_name', 'status'])
            .where('firmware_file_id', 'in', [...ids])
            .execute();
    const open = rows.filter(({ status }) => ['waiting', 'running'].includes(jobState(status)));
    const byFile = Map.groupBy(open, ({ firmware_file_id }) => firmware_file_id ?? '');
    return new Map([...byFile].map(([id, uses]) => [id, [...new Set(uses.map(({ thing_name }) => thing_name))]]));
  }

  async function view(rows: readonly FirmwareFileRow[]): Promise<FirmwareFile[]> {
    const usedBy = await users(rows.map(({ id }) => id));
    return rows.map((row) => toFile(row, usedBy.get(row.id) ?? []));
  }

  return {
    async add(source, { notes, fileName, createdBy }) {
      const received = await files.receive(source, maxBytes);
      if (received.kind !== 'stored') return received;
      const { id, bytes, sha256, md5 } = received;
      if (bytes === 0) {
        await files.remove(id);
        return { kind: 'empty' };
      }
      const row: FirmwareFileRow = {
        id,
        ...toColumns(notes),
        file_name: safeFileName(fileName, 'firmware.bin'),
        bytes,
        sha256,
        md5,
        created_at: now(),
        created_by: createdBy,
      };
      await database.write(query.insertInto('firmware_files').values(row).compile());
      return { kind: 'stored', file: toFile(row, []) };
    },
    async get(id) {
      const row = await rowOf(id);
      return row === undefined ? null : ((await view([row]))[0] ?? null);
    },
    async named(ids) {
      if (ids.length === 0) return new Map();
      const rows = await query
        .selectFrom('firmware_files')
        .select(['id', 'name', 'version'])
        .where('id', 'in', [...ids])
        .execute();
      return new Map(rows.map((row) => [row.id, row]));
    },
    async list({ limit, cursor }) {
      const select = query.selectFrom('firmware_files').selectAll();
      const { shown, nextCursor } = await newestFirst(select, 'created_at', { limit, cursor });
      return { items: await view(shown), nextCursor };
    },
    async update(id, notes) {
      const row = await rowOf(id);
      if (row === undefined) return null;
      const changes = toColumns({ ...toFile(row, []), ...notes });
      await database.write(query.updateTable('firmware_files').set(changes).where('id', '=', id).compile());
      return (await view([{ ...row, ...changes }]))[0] ?? null;
    },
    read: files.read,
    async remove(id) {
      await database.write(query.deleteFrom('firmware_files').where('id', '=', id).compile());
      await files.remove(id);
    },
  };
}

const toColumns = (notes: FirmwareNotes) => ({
  name: notes.name,
  version: notes.version,
  vendor: notes.vendor,
  model: notes.model,
  note: notes.note,
  signature: notes.signature,
  signing_certificate: notes.signingCertificate,
});

const toFile = (row: FirmwareFileRow, inUseBy: string[]): FirmwareFile => ({
  id: row.id,
  name: row.name,
  version: row.version,
  vendor: row.vendor,
  model: row.model,
  note: row.note,
  fileName: row.file_name,
  bytes: row.bytes,
  sha256: row.sha256,
  md5: row.md5,
  signature: row.signature,
  signingCertificate: row.signing_certificate,
  inUseBy,
  createdAt: new Date(row.created_at).toISOString(),
  createdBy: row.created_by,
});

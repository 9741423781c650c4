import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { openMessageLog } from '../journaled-message-log.ts';
import type { MessageLog } from '../message-log.ts';
import { importFolders } from './import-folders.ts';
import type { ImportOrder, ImportReport, ImportResult } from './import-report.ts';

const LOGS_OPEN = 4;
/** Each takes a processor and some hundred megabytes; the others wait. */
const READ_AT_ONCE = 2;

export interface ImportRequest {
  name: string;
  content: AsyncIterable<Uint8Array>;
  thingName: string;
  protocol: OcppVersion | null;
  by: string;
}

/** A log that was taken elsewhere, kept apart from the live one. */
export interface ImportedLog {
  id: string;
  name: string;
  createdAt: number;
  createdBy: string;
  status: 'running' | 'done' | 'failed';
  problem: string | null;
  result: ImportResult | null;
  progress: { lines: number; rows: number } | null;
  /** On disk; while it runs, of the file that came. */
  bytes: number;
}

export type AddedImport =
  | { kind: 'added'; imported: ImportedLog }
  | { kind: 'empty' }
  /** Nothing is left of it. `maxBytes`: what there was room for. */
  | { kind: 'no-room'; maxBytes: number }
  | { kind: 'too-many'; maxCount: number };

export interface Imports {
  /** Resolves when everything has come; the reading goes on behind it. */
  add(request: ImportRequest): Promise<AddedImport>;
  /** The newest first. */
  list(): ImportedLog[];
  get(id: string): ImportedLog | null;
  /** Ends it if it still runs; nothing is left. */
  remove(id: string): Promise<boolean>;
  /** null when there is none, or when it is not ready. */
  log(id: string): Promise<MessageLog | null>;
  close(): Promise<void>;
}

interface ImportsOptions {
  dataDir: string;
  /** Of all together. */
  quotaBytes: number;
  maxCount: number;
  now: () => number;
  newId: () => string;
}

/** Each imported log is a message log in a folder of its own: what holds for the live one holds for it. */
export async function openImports(options: ImportsOptions): Promise<Imports> {
  const { dataDir, quotaBytes, maxCount, now, newId } = options;
  const folder = join(dataDir, 'imports');
  await mkdir(folder, { recursive: true });
  const folders = importFolders(folder);
  const imports = await folders.read();
  /** Bytes of files that are coming in, by id. */
  const arriving = new Map<string, number>();
  const workers = new Map<string, Worker>();
  const waiting: { imported: ImportedLog; order: ImportOrder }[] = [];
  const opened = new Map<string, Promise<MessageLog>>();

  const room = (): number =>
    [...imports.values()].reduce((left, { bytes }) => left - bytes, quotaBytes) -
    [...arriving.values()].reduce((sum, bytes) => sum + bytes, 0);

  const fail = async (imported: ImportedLog, problem: string): Promise<void> => {
    // Who reads that it failed finds nothing of it left; what the disk will not let go of is removed at the next start.
    await folders.remove(imported.id).catch(() => undefined);
    Object.assign(imported, { status: 'failed', problem, bytes: 0 });
  };
  const finish = async (imported: ImportedLog, report: Exclude<ImportReport, { kind: 'progress' }>): Promise<void> => {
    const { id } = imported;
    workers.delete(id);
    startNext();
    if (!imports.has(id)) return;
    imported.progress = null;
    if (report.kind === 'failed') return fail(imported, report.problem);
    try {
      const whole = await folders.finish({ ...imported, status: 'done', result: report.result });
      // Somebody may have removed it just now.
      if (imports.has(id)) imports.set(id, whole);
      else await folders.remove(id);
    } catch (error) {
      await fail(imported, error instanceof Error ? error.message : String(error));
    }
  };

  const startNext = (): void => {
    if (workers.size >= READ_AT_ONCE) return;
    const next = waiting.shift();
    if (next === undefined) return;
    if (imports.has(next.imported.id)) start(next.imported, next.order);
    startNext();
  };
  const start = (imported: ImportedLog, order: ImportOrder): void => {
    const worker = new Worker(new URL('./import.worker.ts', import.meta.url), { workerData: order });
    workers.set(imported.id, worker);
    worker.on('message', (report: ImportReport) => {
      if (report.kind === 'progress') imported.progress = { lines: report.lines, rows: report.rows };
      else void settle(report);
    });
    const settle = async (report: Exclude<ImportReport, { kind: 'progress' }>): Promise<void> => {
      await worker.terminate();
      await finish(imported, report);
    };
    worker.on('error', (error) => void finish(imported, { kind: 'failed', problem: error.message }));
  };

  /** How many bytes came; null when there was no room for all. */
  async function receive(id: string, content: AsyncIterable<Uint8Array>): Promise<number | null> {
    let bytes = 0;
    let full = false;
    async function* fitting(): AsyncGenerator<Uint8Array> {
      for await (const chunk of content) {
        full = chunk.length > room();
        if (full) return;
        bytes += chunk.length;
        arriving.set(id, bytes);
        yield chunk;
      }
    }
    await mkdir(folders.partOf(id));
    await pipeline(fitting(), createWriteStream(join(folders.partOf(id), 'upload')));
    return full ? null : bytes;
  }

  const closeLog = async (id: string): Promise<void> => {
    const log = opened.get(id);
    opened.delete(id);
    await (await log?.catch(() => null))?.close();
  };

  return {
    async add({ name, content, thingName, protocol, by }) {
      if (imports.size + arriving.size >= maxCount) return { kind: 'too-many', maxCount };
      const id = newId();
      arriving.set(id, 0);
      try {
        const bytes = await receive(id, content);
        if (bytes === null || bytes === 0) await folders.remove(id);
        if (bytes === null) return { kind: 'no-room', maxBytes: room() + (arriving.get(id) ?? 0) };
        if (bytes === 0) return { kind: 'empty' };
        const imported: ImportedLog = {
          id,
          name,
          createdAt: now(),
          createdBy: by,
          status: 'running',
          problem: null,
          result: null,
          progress: { lines: 0, rows: 0 },
          bytes,
        };
        imports.set(id, imported);
        const order = { folder: folders.partOf(id), thingName, protocol, maxBytes: bytes + room() };
        waiting.push({ imported, order });
        startNext();
        return { kind: 'added', imported };
      } catch (error) {
        await folders.remove(id);
        throw error;
      } finally {
        arriving.delete(id);
      }
    },
    list: () => [...imports.values()].sort((a, b) => b.createdAt - a.createdAt),
    get: (id) => imports.get(id) ?? null,
    async remove(id) {
      if (!imports.delete(id)) return false;
      await workers.get(id)?.terminate();
      workers.delete(id);
      startNext();
      await closeLog(id);
      await folders.remove(id);
      return true;
    },
    async log(id) {
      if (imports.get(id)?.status !== 'done') return null;
      const known = opened.get(id);
      opened.delete(id);
      const log = known ?? openMessageLog({ dataDir: folders.wholeOf(id) });
      opened.set(id, log);
      const [oldest] = opened.keys();
      if (opened.size > LOGS_OPEN && oldest !== undefined) await closeLog(oldest);
      return log;
    },
    async close() {
      waiting.length = 0;
      for (const worker of workers.values()) await worker.terminate();
      for (const id of [...opened.keys()]) await closeLog(id);
    },
  };
}

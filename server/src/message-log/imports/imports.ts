import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { openMessageLog } from '../journaled-message-log.ts';
import type { MessageLog } from '../message-log.ts';
import type { ImportOrder, ImportReport, ImportResult } from './import-report.ts';

const LOGS_OPEN = 4;
const ID = /^[0-9a-f-]{36}$/;

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
}

export interface Imports {
  /** Resolves when everything has come; the reading goes on behind it. */
  add(request: ImportRequest): Promise<ImportedLog>;
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
  now: () => number;
  newId: () => string;
}

/** Each imported log is a message log in a folder of its own: what holds for the live one holds for it. */
export async function openImports({ dataDir, now, newId }: ImportsOptions): Promise<Imports> {
  const folder = join(dataDir, 'imports');
  await mkdir(folder, { recursive: true });
  const imports = await readImports(folder);
  const workers = new Map<string, Worker>();
  const opened = new Map<string, Promise<MessageLog>>();

  const partPath = (id: string): string => join(folder, `${id}.part`);

  const finish = async (imported: ImportedLog, report: Exclude<ImportReport, { kind: 'progress' }>): Promise<void> => {
    const { id } = imported;
    workers.delete(id);
    if (!imports.has(id)) return;
    imported.progress = null;
    if (report.kind === 'failed') {
      Object.assign(imported, { status: 'failed', problem: report.problem });
      await rm(partPath(id), { recursive: true, force: true });
      return;
    }
    const done: ImportedLog = { ...imported, status: 'done', result: report.result };
    for (const name of ['upload', 'spool']) await rm(join(partPath(id), name), { force: true });
    await writeFile(join(partPath(id), 'import.json'), JSON.stringify(done), { flush: true });
    await rename(partPath(id), join(folder, id));
    imports.set(id, done);
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

  const closeLog = async (id: string): Promise<void> => {
    const log = opened.get(id);
    opened.delete(id);
    await (await log?.catch(() => null))?.close();
  };

  return {
    async add({ name, content, thingName, protocol, by }) {
      const id = newId();
      await mkdir(partPath(id));
      try {
        await pipeline(content, createWriteStream(join(partPath(id), 'upload')));
      } catch (error) {
        await rm(partPath(id), { recursive: true, force: true });
        throw error;
      }
      const imported: ImportedLog = {
        id,
        name,
        createdAt: now(),
        createdBy: by,
        status: 'running',
        problem: null,
        result: null,
        progress: { lines: 0, rows: 0 },
      };
      imports.set(id, imported);
      start(imported, { folder: partPath(id), thingName, protocol });
      return imported;
    },
    list: () => [...imports.values()].sort((a, b) => b.createdAt - a.createdAt),
    get: (id) => imports.get(id) ?? null,
    async remove(id) {
      if (!imports.delete(id)) return false;
      await workers.get(id)?.terminate();
      workers.delete(id);
      await closeLog(id);
      for (const path of [partPath(id), join(folder, id)]) await rm(path, { recursive: true, force: true });
      return true;
    },
    async log(id) {
      if (imports.get(id)?.status !== 'done') return null;
      const known = opened.get(id);
      opened.delete(id);
      const log = known ?? openMessageLog({ dataDir: join(folder, id) });
      opened.set(id, log);
      const [oldest] = opened.keys();
      if (opened.size > LOGS_OPEN && oldest !== undefined) await closeLog(oldest);
      return log;
    },
    async close() {
      for (const worker of workers.values()) await worker.terminate();
      for (const id of [...opened.keys()]) await closeLog(id);
    },
  };
}

/** What was not finished when the process ended is removed: its sender has it still. */
async function readImports(folder: string): Promise<Map<string, ImportedLog>> {
  const imports = new Map<string, ImportedLog>();
  for (const name of await readdir(folder)) {
    if (name.endsWith('.part')) await rm(join(folder, name), { recursive: true, force: true });
    if (!ID.test(name)) continue;
    const text = await readFile(join(folder, name, 'import.json'), 'utf8').catch(() => null);
    if (text !== null) imports.set(name, JSON.parse(text) as ImportedLog);
  }
  return imports;
}

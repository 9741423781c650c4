import { mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';

/** The folder is another running server's. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';
}

/**
 * Makes the folder and takes it for this process alone: two servers on one journal would overwrite each other's frames.
 * SQLite's file lock serves as ours, because the system lets go of it however the process ends.
 * @returns lets go of it
 */
export function takeDataDir(dataDir: string): () => void {
  makeFolder(resolve(dataDir));
  const lock = new Database(join(dataDir, 'lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') throw new DataDirInUseError();
    throw error;
  }
  return () => lock.close();
}

/** Level by level: Node's recursive mkdir never returns where a parent exists and takes no children, such as /proc. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

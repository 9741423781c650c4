import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export interface StoredFile {
  id: string;
  bytes: number;
  sha256: string;
  md5: string;
}

/** What is not kept whole leaves nothing behind. */
export type ReceivedFile = ({ kind: 'stored' } & StoredFile) | { kind: 'too-large' } | { kind: 'incomplete' };

/** Files in a folder under names that we make. */
export interface FileStore {
  /** Takes a stream to its end, or to the limit; on disk when resolved. What comes after the limit is left unread. */
  receive(source: Readable, maxBytes: number): Promise<ReceivedFile>;
  /** Both ends included. */
  read(id: string, range?: { start: number; end: number }): Readable;
  remove(id: string): Promise<void>;
}

export interface FileStoreOptions {
  folder: string;
  newId: () => string;
  /** The files that somebody knows of: all others are left over from an interrupted upload. */
  known: ReadonlySet<string>;
  /** Other processes receive files there, too. */
  shared?: boolean | undefined;
}

/** Nothing takes longer to arrive. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

export async function openFileStore({ folder, newId, known, shared = false }: FileStoreOptions): Promise<FileStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string): string => join(folder, id);
  for (const name of await readdir(folder)) {
    if (!known.has(name) && !(shared && (await isYoung(pathOf(name))))) await rm(pathOf(name), { force: true });
  }

  return {
    async receive(source, maxBytes) {
      const id = newId();
      const part = pathOf(`${id}.part`);
      const file = await open(part, 'wx', 0o600);
      try {
        const outcome = await copy(source, (chunk) => file.writeFile(chunk), maxBytes);
        if (typeof outcome === 'string') return { kind: outcome };
        await file.sync();
        await rename(part, pathOf(id));
        await syncFolder(folder);
        return { kind: 'stored', id, ...outcome };
      } finally {
        await file.close();
        await rm(part, { force: true });
      }
    },
    read: (id, range) => createReadStream(pathOf(id), range),
    remove: (id) => rm(pathOf(id), { force: true }),
  };
}

async function isYoung(path: string): Promise<boolean> {
  // Another process may just be done with it.
  const changedAt = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return Date.now() - changedAt < ABANDONED_AFTER_MS;
}

/** A source that breaks off is an outcome; a disk that fails is a fault. */
async function copy(
  source: Readable,
  write: (chunk: Buffer) => Promise<void>,
  maxBytes: number,
): Promise<Omit<StoredFile, 'id'> | 'too-large' | 'incomplete'> {
  const sha256 = createHash('sha256');
  const md5 = createHash('md5');
  let bytes = 0;
  // Left standing at the limit, so that the sender can still be told.
  const chunks = source.iterator({ destroyOnReturn: false });
  for (;;) {
    const next = await chunks.next().catch(() => null);
    if (next === null) return 'incomplete';
    if (next.done) return { bytes, sha256: sha256.digest('hex'), md5: md5.digest('hex') };
    const chunk = next.value as Buffer;
    bytes += chunk.length;
    if (bytes > maxBytes) {
      await chunks.return?.();
      return 'too-large';
    }
    sha256.update(chunk);
    md5.update(chunk);
    await write(chunk);
  }
}

/** The name is on disk too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

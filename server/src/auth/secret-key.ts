import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const KEY_BYTES = 32;

/**
 * A key that is kept beside the database, not in it, so that a copy of the database alone does not let anybody check
 * guesses. Made at the first start. Losing it makes every stored password and token worthless.
 */
export async function loadOrCreateKey(dataDir: string, name: string): Promise<Buffer> {
  const directory = join(dataDir, 'keys');
  const file = join(directory, `${name}.key`);
  const existing = await readIfThere(file);
  if (existing !== null) return checked(existing, file);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const fresh = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(fresh, 'wx', 0o600);
    try {
      await handle.writeFile(randomBytes(KEY_BYTES));
      await handle.sync();
    } finally {
      await handle.close();
    }
    // Linking never replaces: of two processes that start together, both use the key of the first.
    await link(fresh, file).catch(ignoreExisting);
    // The key must be there after power loss, when what depends on it is.
    const folder = await open(directory);
    await folder.sync().finally(() => folder.close());
  } finally {
    await rm(fresh, { force: true });
  }
  return checked(await readFile(file), file);
}

function checked(key: Buffer, file: string): Buffer {
  if (key.length !== KEY_BYTES) throw new Error(`${file} is damaged: it must have ${KEY_BYTES} bytes`);
  return key;
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function ignoreExisting(error: unknown): void {
  if (!hasCode(error, 'EEXIST')) throw error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

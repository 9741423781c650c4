import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AddedImport, type ImportedLog, type Imports, openImports } from './imports.ts';

const LINE = '2026-05-04T10:00:00Z CP_1: send [2,"a","Heartbeat",{}]\n';
const QUOTA = 1_500_000;

let dataDir: string;
let imports: Imports;
let nextId = 1;
const open = async (): Promise<void> => {
  imports = await openImports({ dataDir, quotaBytes: QUOTA, maxCount: 3, now: () => 1, newId: () => `id-${nextId++}` });
};
const add = (content: AsyncIterable<Uint8Array>): Promise<AddedImport> =>
  imports.add({ name: 'case.log', content, thingName: 'CP1', protocol: null, by: 'ada' });
async function* bytes(...chunks: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}
async function finished(added: AddedImport): Promise<ImportedLog> {
  if (added.kind !== 'added') throw new Error(`not added: ${added.kind}`);
  const { id } = added.imported;
  return vi.waitUntil(() => [imports.get(id)].find((each) => each && each.status !== 'running'), { timeout: 20_000 });
}
const onDisk = () => readdir(join(dataDir, 'imports'));

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'imports-'));
  await open();
});
afterEach(async () => {
  await imports.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('imports', () => {
  it('cut a file off that there is no room for, and leave nothing of it', async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        sent += 10_000;
        yield Buffer.alloc(10_000, LINE);
      }
    }
    expect(await add(endless())).toEqual({ kind: 'no-room', maxBytes: QUOTA });
    expect(sent).toBe(QUOTA + 10_000);
    expect(imports.list()).toEqual([]);
    expect(await onDisk()).toEqual([]);
  });

  it('end one that is small only as long as it is packed', async () => {
    const packed = gzipSync(LINE.repeat(100_000));
    expect(packed.length).toBeLessThan(QUOTA / 10);
    const failed = await finished(await add(bytes(packed)));
    expect(failed).toMatchObject({ status: 'failed', problem: expect.stringContaining('Unpacked'), bytes: 0 });
    expect(await onDisk()).toEqual([]);
  });

  it('are no more than are allowed, until one is removed', async () => {
    for (let n = 0; n < 3; n += 1) await finished(await add(bytes(LINE)));
    expect(await add(bytes(LINE))).toEqual({ kind: 'too-many', maxCount: 3 });
    const [first] = imports.list();
    expect(first?.bytes).toBeGreaterThan(0);
    await imports.remove(first?.id ?? '');
    expect((await add(bytes(LINE))).kind).toBe('added');
  });

  it('are read two at a time, and each in its turn; one that waits can be removed, too', async () => {
    const added = await Promise.all([1, 2, 3].map(() => add(bytes(LINE.repeat(2_000)))));
    const ids = imports.list().map(({ id }) => id);
    await imports.remove(ids[2] ?? '');
    const done = await Promise.all(
      added.filter((each) => each.kind === 'added' && each.imported.id !== ids[2]).map(finished),
    );
    expect(done.map(({ status }) => status)).toEqual(['done', 'done']);
    expect((await onDisk()).sort()).toEqual(done.map(({ id }) => id).sort());
  });

  it('leave nothing when the sender breaks off, and none without content', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(LINE);
      throw new Error('gone');
    }
    await expect(add(broken())).rejects.toThrow('gone');
    expect(await add(bytes())).toEqual({ kind: 'empty' });
    expect(imports.list()).toEqual([]);
    expect(await onDisk()).toEqual([]);
  });

  it('that a killed server left half done are cleaned up at the next start; whole ones are there', async () => {
    const whole = await finished(await add(bytes(LINE)));
    await imports.close();
    const halfDone = [join(dataDir, 'imports', 'id-98.part'), join(dataDir, 'imports', 'id-99')];
    for (const folder of halfDone) {
      await mkdir(folder);
      await writeFile(join(folder, 'upload'), LINE);
    }
    await open();
    expect(imports.list()).toEqual([whole]);
    expect(await onDisk()).toEqual([whole.id]);
    expect(await (await imports.log(whole.id))?.query({ limit: 10 })).toHaveLength(1);
  });
});

import { createGunzip } from 'node:zlib';

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZIP = Buffer.from('PK\x03\x04');
/** What a step unpacks to is lost when it is damaged; and it must fit into memory, whatever it is. */
const STEP_BYTES = 512;
/** Checksum and size: unpacked by themselves, so that nothing is lost where only they are wrong. */
const TRAILER_BYTES = 8;

/** Why a packed file can't be unpacked any further. */
export class DamagedFile extends Error {}

/** The bytes of a file, unpacked where it is gzip. @throws DamagedFile after all that could be unpacked */
export async function* unpack(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = content[Symbol.asyncIterator]();
  let start: Uint8Array = new Uint8Array();
  while (start.length < ZIP.length) {
    const { value, done } = await iterator.next();
    if (done) break;
    start = start.length === 0 ? value : Buffer.concat([start, value]);
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    if (start.length > 0) yield start;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  const begins = (magic: Buffer): boolean => magic.equals(start.subarray(0, magic.length));
  if (begins(ZIP)) throw new DamagedFile('this is a zip archive: unpack it, and import the logs in it');
  yield* begins(GZIP) ? gunzipped(all()) : all();
}

async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const errors: NodeJS.ErrnoException[] = [];
  let unpacked: Uint8Array[] = [];
  let settle = (): void => {};
  gunzip.on('data', (chunk: Buffer) => unpacked.push(chunk));
  gunzip.on('error', (error) => errors.push(error));
  gunzip.on('close', () => settle());
  async function* step(run: (done: () => void) => void): AsyncGenerator<Uint8Array> {
    await new Promise<void>((resolve) => {
      settle = resolve;
      run(resolve);
    });
    const chunks = unpacked;
    unpacked = [];
    yield* chunks;
    for (const { code } of errors) throw damageOf(code);
  }
  try {
    for await (const bytes of steps(packed)) yield* step((done) => gunzip.write(bytes, () => done()));
    yield* step(() => gunzip.end());
  } finally {
    gunzip.destroy();
  }
}

async function* steps(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array = new Uint8Array();
  for await (const chunk of packed) {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const end = Math.max(0, bytes.length - TRAILER_BYTES);
    for (let at = 0; at < end; at += STEP_BYTES) yield bytes.subarray(at, Math.min(end, at + STEP_BYTES));
    held = bytes.subarray(end);
  }
  yield held;
}

const damageOf = (code: string | undefined): DamagedFile =>
  new DamagedFile(
    code === 'Z_BUF_ERROR'
      ? 'the packed file was cut off here'
      : 'the packed file is damaged: what follows cannot be unpacked',
  );

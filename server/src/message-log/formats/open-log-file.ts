import { createReadStream } from 'node:fs';
import { createGunzip, type Gunzip, constants as zlibConstants } from 'node:zlib';

const GZIP = 0x1f;

/** One that was cut off is unpacked as far as it goes: its last line shows it. */
export const createUnpacker = (): Gunzip => createGunzip({ finishFlush: zlibConstants.Z_SYNC_FLUSH });

/** The bytes of a log, unpacked where it is gzip, whatever its name says. */
export async function* openLogFile(path: string): AsyncGenerator<Uint8Array> {
  const [start] = await createReadStream(path, { end: 0 }).toArray();
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  yield* (start as Buffer | undefined)?.[0] === GZIP ? file.pipe(createUnpacker()) : file;
}

import { createReadStream } from 'node:fs';
import { unpack } from './unpack.ts';

/** The bytes of a log, unpacked where it is gzip, whatever its name says. */
export const openLogFile = (path: string): AsyncGenerator<Uint8Array> =>
  unpack(createReadStream(path, { highWaterMark: 1 << 18 }));

import { pipeline } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  name: string;
  content: AsyncIterable<string> | Iterable<string>;
}

const VERSION = 20;
/** Sizes and checksum follow the content; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** Without the extension for more, which not every program reads. */
const MAX_BYTES = 0xffff_ffff;

/**
 * A zip archive as it comes, in the memory of one chunk. Text files only, each smaller than 4 GiB.
 * @see PKWARE APPNOTE 6.3
 */
export async function* zip(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>, at: Date): AsyncGenerator<Buffer> {
  const time = dosTime(at);
  const central: Buffer[] = [];
  let offset = 0;
  for await (const { name, content } of entries) {
    const start = offset;
    const sums = { crc: 0, size: 0, packed: 0 };
    const head = localHeader(name, time);
    offset += head.length;
    yield head;
    for await (const chunk of deflated(content, sums)) {
      sums.packed += chunk.length;
      offset += chunk.length;
      yield chunk;
    }
    if (Math.max(sums.size, offset) > MAX_BYTES) throw new Error(`${name} does not fit into a zip archive`);
    const sizes = Buffer.alloc(16);
    sizes.writeUInt32LE(0x0807_4b50, 0);
    writeSums(sizes, 4, sums);
    offset += sizes.length;
    yield sizes;
    central.push(centralHeader(name, { time, sums, start }));
  }
  const directory = Buffer.concat(central);
  yield directory;
  yield endOf({ count: central.length, bytes: directory.length, offset });
}

interface Sums {
  crc: number;
  size: number;
  packed: number;
}

async function* deflated(content: ZipEntry['content'], sums: Sums): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw();
  // What goes wrong is told to whoever reads.
  pipeline(counted(content, sums), deflate, () => undefined);
  yield* deflate as AsyncIterable<Buffer>;
}

async function* counted(content: ZipEntry['content'], sums: Sums): AsyncGenerator<Buffer> {
  for await (const text of content) {
    const bytes = Buffer.from(text);
    sums.crc = crc32(bytes, sums.crc);
    sums.size += bytes.length;
    yield bytes;
  }
}

function localHeader(name: string, time: number): Buffer {
  const bytes = Buffer.from(name);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x0403_4b50, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(DEFLATED, 8);
  head.writeUInt32LE(time, 10);
  head.writeUInt16LE(bytes.length, 26);
  return Buffer.concat([head, bytes]);
}

function centralHeader(name: string, { time, sums, start }: { time: number; sums: Sums; start: number }): Buffer {
  const bytes = Buffer.from(name);
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x0201_4b50, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(VERSION, 6);
  head.writeUInt16LE(FLAGS, 8);
  head.writeUInt16LE(DEFLATED, 10);
  head.writeUInt32LE(time, 12);
  writeSums(head, 16, sums);
  head.writeUInt16LE(bytes.length, 28);
  head.writeUInt32LE(start, 42);
  return Buffer.concat([head, bytes]);
}

function endOf({ count, bytes, offset }: { count: number; bytes: number; offset: number }): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

function writeSums(target: Buffer, at: number, { crc, size, packed }: Sums): void {
  target.writeUInt32LE(crc, at);
  target.writeUInt32LE(packed, at + 4);
  target.writeUInt32LE(size, at + 8);
}

/** To two seconds, from 1980 on. In UTC, as the archive's reader is told nothing about the zone. */
function dosTime(at: Date): number {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return ((date << 16) | time) >>> 0;
}

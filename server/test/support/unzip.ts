import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';

/** The texts in an archive by its directory, as unpacking programs read it. */
export function unzip(archive: Buffer): Map<string, string> {
  const end = archive.length - 22;
  assert.equal(archive.readUInt32LE(end), 0x0605_4b50);
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const packed = archive.readUInt32LE(at + 20);
    const nameBytes = archive.readUInt16LE(at + 28);
    const start = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    const content = start + 30 + archive.readUInt16LE(start + 26);
    const text = inflateRawSync(archive.subarray(content, content + packed));
    assert.equal(text.length, archive.readUInt32LE(at + 24));
    files.set(name, text.toString());
    at += 46 + nameBytes;
  }
  return files;
}

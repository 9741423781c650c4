import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { zip } from './zip.ts';

const warnings: Error[] = [];
const warn = (warning: Error) => void warnings.push(warning);
beforeEach(() => {
  warnings.length = 0;
  process.on('warning', warn);
});
afterEach(() => void process.off('warning', warn));

const HEAD = 30 + 'a.txt'.length;
const line = (n: number): string => `${n} ${Math.sin(n)}\n`;
function* lines(count: number): Generator<string> {
  for (let n = 0; n < count; n += 1) yield line(n).repeat(40);
}

test('a file of many chunks comes out as it was, and leaves nothing behind', async () => {
  const chunks: Buffer[] = [];
  for await (const chunk of zip([{ name: 'a.txt', content: lines(3_000) }], new Date(0))) chunks.push(chunk);
  const unpacked = inflateRawSync(Buffer.concat(chunks).subarray(HEAD)).toString();
  expect(unpacked === [...lines(3_000)].join('')).toBe(true);
  expect(warnings).toEqual([]);
});

test('whoever stops reading stops the writing', async () => {
  let isStopped = false;
  async function* endless(): AsyncGenerator<string> {
    try {
      for (let n = 0; ; n += 1) yield line(n).repeat(1_000);
    } finally {
      isStopped = true;
    }
  }
  for await (const chunk of zip([{ name: 'a.txt', content: endless() }], new Date(0))) {
    if (chunk.length > 1_000) break;
  }
  await expect.poll(() => isStopped).toBe(true);
});

test('what goes wrong with a file is told to whoever reads', async () => {
  async function* broken(): AsyncGenerator<string> {
    yield 'a';
    throw new Error('The disk is gone');
  }
  const read = async () => {
    for await (const chunk of zip([{ name: 'a.txt', content: broken() }], new Date(0))) void chunk;
  };
  await expect(read()).rejects.toThrow('The disk is gone');
});

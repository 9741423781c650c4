import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from '../../../test/support/eventually.ts';
import { Journal } from './journal.ts';
import { segmentPath } from './segments.ts';

let folder: string;
let journal: Journal;
let told: (string | null)[];

const written = (record: string): Promise<void> => {
  journal.append(record);
  return new Promise((resolve, reject) => journal.whenDurable((error) => (error ? reject(error) : resolve())));
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
  told = [];
  journal = await Journal.open({
    folder,
    firstSegment: 1,
    // Each group begins a file.
    segmentBytes: 1,
    onGroup: () => undefined,
    onDurable: () => undefined,
    onTrouble: (error) => told.push(error === null ? null : error.message),
  });
});
afterEach(async () => {
  await journal.close();
  await rm(folder, { recursive: true, force: true });
});

it('finds that it can write again while nobody has anything to append, and has nothing of what it refused', async () => {
  await written('kept');
  await rm(folder, { recursive: true });
  await expect(written('refused')).rejects.toThrow('ENOENT');
  await mkdir(folder);
  await until(() => told.at(-1) === null);
  await written('later');
  const files = await Promise.all([2, 3].map((segment) => readFile(segmentPath(folder, segment), 'utf8')));
  expect(files.join()).toMatch(/later/);
  expect(files.join()).not.toMatch(/refused/);
});

import { createContentMatcher } from '@cpo-console/shared/message-log/content-filter.ts';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { bitsOf, SignatureBuilder } from './signature.ts';
import { createCandidates, createSignatureInserter, joinGroups, SIGNATURE_TABLES } from './signature-store.ts';
import type { IdRange } from './signed-blocks.ts';

let seed = 42;
function random(below: number): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}

const someText = (): string =>
  Array.from({ length: random(40) }, () =>
    String.fromCodePoint([random(128), 0x130, 0x212a, 0xe9, 0x1f600][random(8)] ?? 97 + random(26)),
  ).join('');
const someFrame = (): string => {
  const text = JSON.stringify([2, String(random(1e9)), 'DataTransfer', { data: someText() }]);
  return random(2) === 0 || text.includes('\\')
    ? text
    : text.replace(/[a-z]/g, (letter) => (random(9) > 0 ? letter : `\\u00${letter.charCodeAt(0).toString(16)}`));
};

/** The group that row 9,000 would begin begins with row 9,100: the rows in between are not signed. */
function signed(frames: readonly string[]): Database.Database {
  const file = new Database(':memory:');
  file.exec(SIGNATURE_TABLES);
  const insert = createSignatureInserter(file);
  const builder = new SignatureBuilder();
  frames.forEach((frame, index) => {
    const id = index + 1;
    const bytes = Buffer.from(frame);
    const isUnsigned = id >= 9_000 && id < 9_100;
    const group = isUnsigned ? builder.take() : builder.add(id, { bytes, begin: 0, end: bytes.length });
    if (group !== null) insert(group);
  });
  return file;
}

const idsOf = (ranges: Iterable<IdRange>): number[] =>
  [...ranges].flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index));

it.each([
  ['as they come', () => {}],
  ['joined', joinGroups],
])(
  'every row with a text is among the candidates, which are in order and once each: groups %s',
  (_how, prepare) => {
    const frames = Array.from({ length: 20_000 }, someFrame);
    const file = signed(frames);
    prepare(file);
    const range = { first: 100, last: 19_900 };
    let sought = 0;
    let read = 0;
    for (let n = 0; n < 150; n += 1) {
      const { data } = JSON.parse(frames[random(frames.length)] as string)[3] as { data: string };
      const matcher = createContentMatcher({ q: data.slice(random(data.length)) });
      if (matcher === null) continue;
      const bits = bitsOf(matcher.texts);
      if (bits.length === 0) continue;
      const candidates = createCandidates(file, range, bits);
      const found = idsOf(candidates.runs(range));
      expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
      const windows = [100, 5_000, 5_001, 9_000, 16_384, 19_901];
      const byWindow = windows.slice(1).map((end, index) => ({ first: windows[index] ?? 0, last: end - 1 }));
      expect(byWindow.flatMap((window) => idsOf(candidates.runs(window)))).toEqual(found);
      const some = idsOf([range]).filter(() => random(9) === 0);
      const inRuns = new Set(found);
      expect(candidates.among(some)).toEqual(some.filter((id) => inRuns.has(id)));
      frames.forEach((frame, index) => {
        const isInRange = index + 1 >= range.first && index + 1 <= range.last;
        if (isInRange && matcher.matches(frame)) expect(inRuns.has(index + 1)).toBe(true);
      });
      sought += 1;
      read += found.filter((id) => id <= 16_384).length / 16_384;
    }
    expect(sought).toBeGreaterThan(15);
    // Most blocks are left out.
    expect(read / sought).toBeLessThan(0.5);
  },
  60_000,
);

it('what is not signed is a candidate', () => {
  const file = signed(Array.from({ length: 10 }, someFrame));
  const range = { first: 1, last: 10 };
  const candidates = createCandidates(file, range, bitsOf(['nothing']));
  expect(candidates.runs(range)).toEqual([range]);
  expect(candidates.among([2, 7])).toEqual([2, 7]);
});

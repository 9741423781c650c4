import { describe, expect, it } from 'vitest';
import { createRepeatFilter, numberProperty } from './publisher-number.ts';

describe('the repeat filter', () => {
  const take = (filter: ReturnType<typeof createRepeatFilter>, publisher: string, ...numbers: number[]): boolean[] =>
    numbers.map((number) => filter.isRepeat([{ name: 'other', value: 'x' }, numberProperty(publisher, number)]));

  it('knows what came before from the same publisher, in any order and with gaps', () => {
    const filter = createRepeatFilter();
    expect(take(filter, 'a', 1, 2, 5, 3)).toEqual([false, false, false, false]);
    expect(take(filter, 'a', 1, 2, 3, 4, 5, 6)).toEqual([true, true, true, false, true, false]);
    expect(take(filter, 'b', 1)).toEqual([false]);
  });

  it('forgets what is older than all that can be on the way', () => {
    const filter = createRepeatFilter();
    expect(take(filter, 'a', 7, 7 + 65_536, 7 + 65_536, 8)).toEqual([false, false, true, false]);
    expect(take(filter, 'a', 1_000_000_000, 1_000_000_000 - 65_535)).toEqual([false, false]);
  });

  it('takes what has no number, or one that nobody of us gave', () => {
    const filter = createRepeatFilter();
    expect(filter.isRepeat(undefined)).toBe(false);
    for (const value of ['', 'a', 'a -1', 'a 1e9', `${'a'.repeat(65)} 1`, 'a 1\n']) {
      for (let times = 0; times < 2; times += 1) {
        expect(filter.isRepeat([{ name: 'cpo-console', value }])).toBe(false);
      }
    }
  });
});

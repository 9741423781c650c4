import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Transaction } from '@cpo-console/shared/api/transactions.ts';
import type { InfiniteData } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { FAKE_SESSIONS } from '../testing/fake-data.ts';
import { mergeSessions } from './apply-sessions.ts';

const session = (id: string, minute: number, more: Partial<Transaction> = {}): Transaction => ({
  ...FAKE_SESSIONS[0]!,
  id,
  active: true,
  startedAt: `2026-05-04T10:${String(minute).padStart(2, '0')}:00.000Z`,
  ...more,
});
const pages = (nextCursor: string | null, ...items: Transaction[]): InfiniteData<Page<Transaction>, string | null> => ({
  pages: [{ items, nextCursor }],
  pageParams: [null],
});
const ids = (data: InfiniteData<Page<Transaction>, string | null>) =>
  data.pages.flatMap((page) => page.items.map(({ id }) => id));

test('a new session comes first, a changed one stays where it is', () => {
  const data = pages(null, session('b', 2), session('a', 1));
  const merged = mergeSessions(data, {
    filter: {},
    changed: [session('a', 1, { energyWh: 5 }), session('c', 3)],
  });
  expect(ids(merged)).toEqual(['c', 'b', 'a']);
  expect(merged.pages[0]?.items[2]?.energyWh).toBe(5);
});

test('a session that ended leaves the list of running ones', () => {
  const data = pages(null, session('b', 2), session('a', 1));
  const merged = mergeSessions(data, {
    filter: { active: 'true' },
    changed: [session('a', 1, { active: false }), session('c', 3, { active: false })],
  });
  expect(ids(merged)).toEqual(['b']);
});

test('one that belongs to a page not yet fetched waits for its page', () => {
  const data = pages('more', session('c', 3), session('b', 2));
  expect(ids(mergeSessions(data, { filter: {}, changed: [session('a', 1)] }))).toEqual(['c', 'b']);
});

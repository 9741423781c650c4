import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Transaction, TransactionDetail } from '@cpo-console/shared/api/transactions.ts';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { keys } from './query-keys.ts';
import { matchesSession, type SessionFilter } from './session-filter.ts';

type SessionPages = InfiniteData<Page<Transaction>, string | null>;

export function applySessions(client: QueryClient, changed: Transaction[]): void {
  for (const query of client.getQueryCache().findAll({ queryKey: keys.transactions.lists })) {
    const filter = query.queryKey[2] as SessionFilter;
    client.setQueryData<SessionPages>(query.queryKey, (pages) => pages && mergeSessions(pages, { filter, changed }));
  }
  for (const session of changed) {
    client.setQueryData<TransactionDetail>(
      keys.transactions.detail(session.id),
      (old) => old && { ...old, ...session },
    );
    void client.invalidateQueries({ queryKey: keys.transactions.meterValues(session.id) });
  }
}

/** Newest first: known ones change in place, those that no longer match go, new ones join where they belong. */
export function mergeSessions(
  data: SessionPages,
  { filter, changed }: { filter: SessionFilter; changed: Transaction[] },
): SessionPages {
  const left = new Map(changed.map((session) => [session.id, session]));
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.flatMap((session) => {
      const change = left.get(session.id);
      left.delete(session.id);
      if (!change) return [session];
      return matchesSession(filter, change) ? [change] : [];
    }),
  }));
  const [first, ...rest] = pages;
  // One older than the first page is further down, and comes with its page.
  const oldest = first?.nextCursor ? first.items.at(-1) : undefined;
  const added = [...left.values()].filter(
    (session) => matchesSession(filter, session) && (!oldest || newestFirst(session, oldest) < 0),
  );
  if (!first || added.length === 0) return { ...data, pages };
  return { ...data, pages: [{ ...first, items: [...added, ...first.items].sort(newestFirst) }, ...rest] };
}

const newestFirst = (a: Transaction, b: Transaction): number =>
  a.startedAt === b.startedAt ? (a.id < b.id ? 1 : -1) : a.startedAt < b.startedAt ? 1 : -1;

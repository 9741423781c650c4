import type { AuditEntry } from '@cpo-console/shared/api/audit.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { compact, instant, oneOf, type RawSearch, text } from '../../../lib/search.ts';

export interface AuditFilter {
  actor?: string;
  about?: string;
  outcome?: 'done' | 'refused';
  from?: string;
}

const PAGE = 100;
const REFRESH_MS = 10_000;

export const readAuditFilter = (search: RawSearch): AuditFilter =>
  compact<AuditFilter>({
    actor: text(search, 'actor'),
    about: text(search, 'about'),
    outcome: oneOf(search, 'outcome', ['done', 'refused']),
    from: instant(search, 'from'),
  });

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<AuditEntry>>(
        '/audit',
        { ...filter, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: REFRESH_MS,
  });

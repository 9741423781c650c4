import type { IdTokenImport, IdTokenUses, UnknownToken } from '@cpo-console/shared/api/access.ts';
import type { IdToken } from '@cpo-console/shared/api/id-tokens.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const PAGE = 200;

export const tokenPath = (idToken: string, rest = ''): string => `/id-tokens/${encodeURIComponent(idToken)}${rest}`;

export const idTokensQuery = (search: string | undefined) =>
  infiniteQueryOptions({
    queryKey: keys.idTokens.list(search ?? ''),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<IdToken>>(
        '/id-tokens',
        { search, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
  });

export const idTokenUsesQuery = (idToken: string) =>
  queryOptions({
    queryKey: keys.idTokens.uses(idToken),
    queryFn: ({ signal }) => api.get<IdTokenUses>(tokenPath(idToken, '/uses'), undefined, signal),
    staleTime: 0,
  });

export const unknownTokensQuery = queryOptions({
  queryKey: keys.unknownTokens,
  queryFn: async ({ signal }) => (await api.get<{ items: UnknownToken[] }>('/unknown-tokens', undefined, signal)).items,
});

export const importIdTokens = (csv: string, preview: boolean): Promise<IdTokenImport> =>
  api.postText('/id-tokens/import', { query: { preview }, text: csv, type: 'text/csv' });

import type { LocalList, LocalListSummary, SendLocalList, SentLocalList } from '@cpo-console/shared/api/access.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const PAGE = 200;

export const localListsQuery = infiniteQueryOptions({
  queryKey: keys.localLists.list,
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) =>
    api.get<Page<LocalListSummary>>(
      '/local-lists',
      { limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) },
      signal,
    ),
  getNextPageParam: (last) => last.nextCursor,
});

export const localListQuery = (thingName: string) =>
  queryOptions({
    queryKey: keys.localLists.of(thingName),
    queryFn: ({ signal }) => api.get<LocalList>(thingPath(thingName, '/local-list'), undefined, signal),
  });

export function useSendLocalList(thingName: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: SendLocalList) => api.post<SentLocalList>(thingPath(thingName, '/local-list'), request),
    onSuccess: ({ list }) => client.setQueryData(keys.localLists.of(thingName), list),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.localLists.all }),
        client.invalidateQueries({ queryKey: keys.commands.of(thingName) }),
      ]),
  });
}

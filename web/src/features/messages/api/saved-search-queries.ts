import type { Page } from '@cpo-console/shared/api/page.ts';
import type { NewSavedSearch, SavedSearch } from '@cpo-console/shared/api/saved-searches.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

export const savedSearchesQuery = queryOptions({
  queryKey: keys.savedSearches,
  queryFn: async ({ signal }) => (await api.get<Page<SavedSearch>>('/saved-searches', undefined, signal)).items,
});

export function useSaveSearch() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keys.savedSearches });
  const save = useMutation({
    mutationFn: (search: NewSavedSearch) => api.post<SavedSearch>('/saved-searches', search),
    onSettled,
  });
  const rename = useMutation({
    mutationFn: ({ id, name }: Pick<SavedSearch, 'id' | 'name'>) =>
      api.patch<SavedSearch>(`/saved-searches/${encodeURIComponent(id)}`, { name }),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.delete<void>(`/saved-searches/${encodeURIComponent(id)}`),
    onSettled,
  });
  return { save, rename, remove };
}

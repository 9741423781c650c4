import type { TagChange, Thing } from '@cpo-console/shared/api/things.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

export function useChangeTags() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: TagChange) => api.post<{ changed: number; unknown: string[] }>('/things/tags', change),
    onSettled: () => client.invalidateQueries({ queryKey: keys.things.all }),
  });
}

/** How many have each tag, by name. */
export function countTags(things: readonly Thing[]): [tag: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { tags } of things) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a.localeCompare(b));
}

import type { Annotation, NewAnnotation } from '@cpo-console/shared/api/annotations.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';
import type { ReplayRange } from './replay-queries.ts';

export const annotationsQuery = (range: ReplayRange) =>
  queryOptions({
    queryKey: keys.annotations(range),
    queryFn: async ({ signal }) => (await api.get<Page<Annotation>>('/annotations', { ...range }, signal)).items,
  });

export function useAnnotate(range: ReplayRange) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keys.annotations(range) });
  const add = useMutation({
    mutationFn: (note: Pick<NewAnnotation, 'at' | 'messageId' | 'text'>) =>
      api.post<Annotation>('/annotations', {
        ...note,
        thingName: range.thingName,
        ...(range.import !== undefined && { importId: range.import }),
      } satisfies NewAnnotation),
    onSettled,
  });
  const rewrite = useMutation({
    mutationFn: ({ id, text }: Pick<Annotation, 'id' | 'text'>) =>
      api.patch<Annotation>(`/annotations/${encodeURIComponent(id)}`, { text }),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.delete<void>(`/annotations/${encodeURIComponent(id)}`),
    onSettled,
  });
  return { add, rewrite, remove };
}

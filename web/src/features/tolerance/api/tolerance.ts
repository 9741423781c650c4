import type { ToleranceChanges, ToleranceSettings, ViolationRanking } from '@cpo-console/shared/api/tolerance.ts';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

export const RANKED_BY = ['model', 'charge-point'] as const;
export type RankedBy = (typeof RANKED_BY)[number];
export const RANGES = ['day', 'week', 'month'] as const;
export type Range = (typeof RANGES)[number];

const DAY_MS = 86_400_000;
const RANGE_MS: Record<Range, number> = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS };
const REFRESH_MS = 60_000;

export const toleranceQuery = queryOptions({
  queryKey: keys.tolerance.settings,
  queryFn: ({ signal }) => api.get<ToleranceSettings>('/tolerance', undefined, signal),
});

export const violationsQuery = (by: RankedBy, range: Range) =>
  queryOptions({
    queryKey: keys.tolerance.violations(by, range),
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - RANGE_MS[range]).toISOString();
      return api.get<ViolationRanking>('/violations', { by, from, limit: 200 }, signal);
    },
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });

export function useChangeTolerance() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: ToleranceChanges) => api.patch<ToleranceSettings>('/tolerance', changes),
    onSettled: () => client.invalidateQueries({ queryKey: keys.tolerance.all }),
  });
}

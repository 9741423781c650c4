import type {
  ChangeResult,
  DesiredRule,
  Drift,
  ReportedVariable,
  ThingDrift,
  VariablePlace,
} from '@cpo-console/shared/api/configuration.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';
import { placeKey } from './variable-groups.ts';

/** A rule as it is written. */
export type NewRule = Pick<
  DesiredRule,
  'scope' | 'target' | 'component' | 'variable' | 'attribute' | 'value' | 'applyOnBoot'
>;

const PER_PAGE = 200;

/** What is wanted of a charge point. Compared again when its variables have changed. */
export const driftQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...keys.records.of({ thingName, records: 'variables' }), 'desired'],
    queryFn: async ({ signal }) =>
      (await api.get<{ items: Drift[] }>(thingPath(thingName, '/desired-configuration'), undefined, signal)).items,
  });

export const rulesQuery = infiniteQueryOptions({
  queryKey: keys.desired.rules,
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => api.get<Page<DesiredRule>>('/desired-configuration', from(pageParam), signal),
  getNextPageParam: (last) => last.nextCursor,
});

export const outOfStepQuery = infiniteQueryOptions({
  queryKey: keys.desired.outOfStep,
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) =>
    api.get<Page<ThingDrift>>('/desired-configuration/drift', from(pageParam), signal),
  getNextPageParam: (last) => last.nextCursor,
});

const from = (cursor: string | null) => ({ limit: PER_PAGE, ...(cursor !== null && { cursor }) });

/** A rule that is new, or takes the place of the one with this id. */
export function useSaveRule() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, rule }: { id: string | null; rule: NewRule }) =>
      id === null
        ? api.post<DesiredRule>('/desired-configuration', rule)
        : api.put<DesiredRule>(`/desired-configuration/${id}`, rule),
    onSuccess: refresh,
  });
}

export function useRemoveRule() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (id: string) => api.delete(`/desired-configuration/${id}`), onSuccess: refresh });
}

export function useApplyDesired(thingName: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const path = thingPath(thingName, '/desired-configuration/apply');
      return (await api.post<{ results: ChangeResult[] }>(path)).results;
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.records.of({ thingName, records: 'variables' }) });
      void client.invalidateQueries({ queryKey: keys.commands.of(thingName) });
      void client.invalidateQueries({ queryKey: keys.desired.outOfStep });
    },
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: keys.desired.all });
    void client.invalidateQueries({ queryKey: keys.records.all });
  };
}

/** Also those that were never told, so that there is a row for what is wanted of them. */
export function withWanted(variables: readonly ReportedVariable[], drifts: readonly Drift[]): ReportedVariable[] {
  const known = new Set(variables.map(placeKey));
  return [...variables, ...drifts.filter((drift) => !known.has(placeKey(drift))).map(neverTold)];
}

export const neverTold = ({ component, variable, attribute }: VariablePlace): ReportedVariable => ({
  component,
  variable,
  attribute,
  value: null,
  secret: false,
  mutability: null,
  persistent: null,
  constant: null,
  rebootRequired: false,
  characteristics: null,
  updatedAt: '',
});

export const isOpen = ({ state }: Drift): boolean => state === 'differs' || state === 'unknown';

import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { ChangeResult, ReportedVariable, VariableReport } from '@cpo-console/shared/api/configuration.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const PER_PAGE = 5_000;

/** Asked for again when the stream says that they have changed. */
const recordsKey = (thingName: string) => keys.records.of({ thingName, records: 'variables' });

export const variablesQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...recordsKey(thingName), 'list'],
    queryFn: async ({ signal }) => {
      const all: ReportedVariable[] = [];
      let cursor: string | null = null;
      do {
        const query = { limit: PER_PAGE, ...(cursor !== null && { cursor }) };
        const page: Page<ReportedVariable> = await api.get(thingPath(thingName, '/variables'), query, signal);
        all.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return all;
    },
  });

export const reportsQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...recordsKey(thingName), 'reports'],
    queryFn: async ({ signal }) => {
      const path = thingPath(thingName, '/variable-reports');
      return (await api.get<{ items: VariableReport[] }>(path, undefined, signal)).items;
    },
  });

export function useReadAll(thingName: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<{ commands: Command[] }>(thingPath(thingName, '/variables/read')),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: recordsKey(thingName) });
      void client.invalidateQueries({ queryKey: keys.commands.of(thingName) });
    },
  });
}

export interface Change {
  variable: ReportedVariable;
  value: string;
}

export function useChangeVariables(thingName: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (changes: readonly Change[]) => {
      const body = {
        changes: changes.map(({ variable: { component, variable, attribute }, value }) => {
          return { component, variable, attribute, value };
        }),
      };
      return (await api.patch<{ results: ChangeResult[] }>(thingPath(thingName, '/variables'), body)).results;
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: recordsKey(thingName) });
      void client.invalidateQueries({ queryKey: keys.commands.of(thingName) });
    },
  });
}

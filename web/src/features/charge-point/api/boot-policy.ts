import type { BootDecision, ThingBootPolicy } from '@cpo-console/shared/api/configuration.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

export const bootPolicyQuery = (thingName: string) =>
  queryOptions({
    queryKey: keys.things.bootPolicy(thingName),
    queryFn: ({ signal }) => api.get<ThingBootPolicy>(thingPath(thingName, '/boot-policy'), undefined, signal),
  });

/** Its last boot was answered with something else than Accepted. */
export const isHeldBack = ({ state: { boot } }: Thing): boolean =>
  boot?.status === 'Pending' || boot?.status === 'Rejected';

export interface NewBootPolicy {
  /** null: as the fleet. */
  decision: BootDecision | null;
  retryIntervalSeconds: number;
}

export function useSetBootPolicy(thingName: string) {
  const client = useQueryClient();
  const path = thingPath(thingName, '/boot-policy');
  return useMutation({
    mutationFn: ({ decision, retryIntervalSeconds }: NewBootPolicy) =>
      decision === null ? api.delete(path) : api.put(path, { decision, retryIntervalSeconds }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.things.bootPolicy(thingName) }),
  });
}

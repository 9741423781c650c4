import type { FleetFindings } from '@cpo-console/shared/api/log.ts';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const POLL_MS = 500;
const PATH = '/findings/searches';

export interface FleetRange {
  from: string;
  to: string;
  import?: string;
}

export const startFleetFindings = (range: FleetRange): Promise<FleetFindings> => api.post(PATH, range);

export const stopFleetFindings = (id: string): Promise<void> => api.delete(`${PATH}/${id}`);

export const fleetFindingsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.fleetFindings(id),
    queryFn: ({ signal }) => api.get<FleetFindings>(`${PATH}/${id}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data && state.data.status !== 'running' ? false : POLL_MS),
    gcTime: 0,
  });

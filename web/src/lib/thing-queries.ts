import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Session } from '@cpo-console/shared/api/sign-in.ts';
import type { DoorEntry, FleetSummary, Thing } from '@cpo-console/shared/api/things.ts';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { keys } from '../live/query-keys.ts';
import { ApiError, api, thingPath } from './api-client.ts';

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    try {
      return await api.get<Session>('/session', undefined, signal);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});

export const fleetQuery = queryOptions({
  queryKey: keys.fleet,
  queryFn: ({ signal }) => api.get<FleetSummary>('/fleet', undefined, signal),
});

export const doorQuery = queryOptions({
  queryKey: keys.door,
  queryFn: async ({ signal }) => (await api.get<{ items: DoorEntry[] }>('/door', undefined, signal)).items,
});

const THINGS_PER_PAGE = 1000;

/** All of them: the table filters, sorts and counts here. The first page shows while the others come. */
export const thingsQuery = queryOptions({
  queryKey: keys.things.list,
  queryFn: async ({ signal, client }) => {
    const all: Thing[] = [];
    const firstTime = client.getQueryData(keys.things.list) === undefined;
    let cursor: string | null = null;
    do {
      const query: Record<string, string | number> = { limit: THINGS_PER_PAGE, ...(cursor !== null && { cursor }) };
      const page: Page<Thing> = await api.get('/things', query, signal);
      all.push(...page.items);
      cursor = page.nextCursor;
      if (firstTime && cursor !== null) showSoFar(client, all);
    } while (cursor !== null);
    return all;
  },
});

function showSoFar(client: QueryClient, things: Thing[]): void {
  client.setQueryData(keys.things.list, [...things]);
}

export const thingQuery = (thingName: string) =>
  queryOptions({
    queryKey: keys.things.detail(thingName),
    queryFn: ({ signal }) => api.get<Thing>(thingPath(thingName), undefined, signal),
  });

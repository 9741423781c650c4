import type { AuthType, NewThing, OverallState, RegisteredThing, Thing } from '@cpo-console/shared/api/contracts.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { mergeThings } from '../../../live/apply-live-events.ts';
import { keys } from '../../../live/query-keys.ts';

export type NameDefect = 'empty' | 'long' | 'characters' | 'taken';

/** What a thing may be called: the registry's own rule, which is also safe as a topic and as a part of an address. */
export function nameDefect(name: string, taken: (name: string) => boolean): NameDefect | null {
  if (name === '') return 'empty';
  if (name.length > 48) return 'long';
  if (!/^[a-zA-Z0-9:_-]+$/.test(name)) return 'characters';
  return taken(name) ? 'taken' : null;
}

export const splitTags = (text: string): string[] => [...new Set(text.split(/[,\s]+/).filter(Boolean))];

export interface BulkRow {
  line: number;
  thing: NewThing;
  defect: NameDefect | 'repeated' | null;
}

/** `thingName,tags,auth` with or without a header; tags separated by spaces. Each bad row says why. */
export function readBulk(rows: string[][], taken: (name: string) => boolean): BulkRow[] {
  const seen = new Set<string>();
  const withHeader = rows[0]?.[0]?.trim().toLowerCase() === 'thingname';
  return rows.slice(withHeader ? 1 : 0).map((row, index) => {
    const thingName = (row[0] ?? '').trim();
    const auth: AuthType = row[2]?.trim() === 'basic' ? 'basic' : 'none';
    const defect = nameDefect(thingName, taken) ?? (seen.has(thingName) ? 'repeated' : null);
    seen.add(thingName);
    return {
      line: index + (withHeader ? 2 : 1),
      thing: { thingName, tags: splitTags(row[1] ?? ''), auth: { type: auth } },
      defect,
    };
  });
}

export function useRegister() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (thing: NewThing) => api.post<RegisteredThing>('/things', thing),
    onSuccess: ({ credentials: _, urls: __, ...thing }) => {
      const fresh: Thing = thing;
      client.setQueryData<Thing[]>(
        keys.things.list,
        (list) => list && mergeThings(list, new Map([[fresh.thingName, fresh]])),
      );
      void client.invalidateQueries({ queryKey: keys.fleet });
      void client.invalidateQueries({ queryKey: keys.door });
    },
  });
}

/** A charge point that was registered just now: has it come? */
export const hasConnected = (overall: OverallState | undefined): boolean =>
  overall !== undefined && overall !== 'never-seen';

export function simulateCommand(registered: RegisteredThing): string {
  const url = (registered.urls[0] ?? '').replace(/\/[^/]*$/, '');
  const password = registered.credentials.password;
  const secret = password === undefined ? '' : ` --password '${password}'`;
  return `npm run simulate -- --url ${url} --cp-id ${registered.thingName}${secret}`;
}

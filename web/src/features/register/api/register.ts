import type { NewThing, OverallState, RegisteredThing, Thing, ThingImport } from '@cpo-console/shared/api/things.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api-client.ts';
import { toCsv } from '../../../lib/csv.ts';
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

export const importThings = (csv: string, preview: boolean): Promise<ThingImport> =>
  api.postText('/things/import', { query: { preview }, text: csv, type: 'text/csv' });

/** What was registered from a file, with the passwords that no one sees again. */
export const registeredCsv = ({ rows }: ThingImport): string =>
  toCsv(
    ['thingName', 'url', 'password'],
    rows.filter((row) => row.ok).map((row) => [row.thingName, row.urls?.[0], row.password]),
  );

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

import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { ChangedRecords } from '@cpo-console/shared/api/stream.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { QueryClient } from '@tanstack/react-query';
import { applyMessages } from './apply-messages.ts';
import { applySessions } from './apply-sessions.ts';
import type { LiveEvent } from './live-stream.ts';
import { keys } from './query-keys.ts';

export function applyLiveEvents(client: QueryClient, events: LiveEvent[]): void {
  const arrived = { messages: [] as Message[], partners: [] as Message[], leftOut: 0 };
  const changes: ChangedRecords[] = [];
  const things = new Map<string, Thing | null>();
  for (const event of events) {
    if (event.type === 'message') arrived.messages.push(event.data);
    else if (event.type === 'partner') arrived.partners.push(event.data);
    else if (event.type === 'skipped') arrived.leftOut += event.data.count;
    else if (event.type === 'thing') {
      for (const thing of event.data.things) things.set(thing.thingName, thing);
      for (const name of event.data.removed) things.set(name, null);
    } else if (event.type === 'command') applyCommand(client, event.data);
    else if (event.type === 'transaction') applySessions(client, event.data);
    else if (event.type === 'changed') changes.push(event.data);
    else if (event.type === 'summary') client.setQueryData(keys.fleet, event.data);
    else if (event.type === 'door') client.setQueryData(keys.door, event.data);
    else if (event.type === 'resumed') refetch(client, WITHOUT_POSITION);
    else if (event.type === 'refetch') refetch(client, [...WITH_POSITION, ...WITHOUT_POSITION]);
    else event satisfies never;
  }
  applyMessages(client, arrived);
  if (changes.length > 0) applyChanges(client, changes);
  if (things.size > 0) applyThings(client, things);
}

/** Each once, however many charge points share it. */
function applyChanges(client: QueryClient, changes: ChangedRecords[]): void {
  const queryKeys = changes.flatMap((change) => [keys.records.of(change), ...(ALSO_CHANGED[change.records] ?? [])]);
  refetch(client, [...new Map(queryKeys.map((key) => [key.join(' '), key])).values()]);
}

/** What is kept elsewhere than with the charge point. */
const ALSO_CHANGED: { [Records in ChangedRecords['records']]?: readonly (readonly string[])[] } = {
  // A file tells who still has to fetch it.
  firmware: [keys.firmwareFiles.all],
  'local-list': [keys.localLists.all],
  'unknown-tokens': [keys.unknownTokens],
};

/** The stream resumes these, or says them anew when it opens. */
const WITH_POSITION = [keys.things.all, keys.fleet, keys.door, keys.messages.lists];
const WITHOUT_POSITION = [
  keys.commands.all,
  keys.transactions.all,
  keys.records.all,
  keys.firmwareFiles.all,
  keys.localLists.all,
  keys.unknownTokens,
];

function refetch(client: QueryClient, queryKeys: readonly (readonly string[])[]): void {
  for (const queryKey of queryKeys) void client.invalidateQueries({ queryKey });
}

/** A session began, ended, or charges otherwise: lists of them are worth fetching again, those in hand first. */
function sessionsChanged(client: QueryClient, changes: Map<string, Thing | null>): boolean {
  const known = new Map<string, Thing>();
  for (const thing of client.getQueryData<Thing[]>(keys.things.list) ?? []) {
    if (changes.has(thing.thingName)) known.set(thing.thingName, thing);
  }
  return [...changes].some(([name, thing]) => sessionsOf(known.get(name) ?? null) !== sessionsOf(thing));
}

const sessionsOf = (thing: Thing | null): string =>
  (thing?.state.transactions ?? [])
    .map(({ transactionId, chargingState }) => `${transactionId} ${chargingState}`)
    .join();

function applyThings(client: QueryClient, changes: Map<string, Thing | null>): void {
  if (sessionsChanged(client, changes)) {
    void client.invalidateQueries({ queryKey: keys.transactions.lists }, { cancelRefetch: false });
  }
  client.setQueryData<Thing[]>(keys.things.list, (list) => list && mergeThings(list, changes));
  for (const [name, thing] of changes) {
    if (thing)
      client.setQueryData<Thing>(
        keys.things.detail(name),
        (old) => old && { ...old, ...thing, state: { ...old.state, ...thing.state } },
      );
    void client.invalidateQueries({ queryKey: keys.things.shadow(name) });
  }
}

/** In place where known, new ones in order of name, removed ones out. */
export function mergeThings(list: Thing[], changes: Map<string, Thing | null>): Thing[] {
  const left = new Map(changes);
  const merged: Thing[] = [];
  for (const thing of list) {
    const change = left.get(thing.thingName);
    left.delete(thing.thingName);
    if (change === undefined) merged.push(thing);
    else if (change !== null) merged.push(change);
  }
  const added = [...left.values()].filter((thing) => thing !== null);
  if (added.length === 0) return merged;
  return [...merged, ...added].sort((a, b) => (a.thingName < b.thingName ? -1 : 1));
}

function applyCommand(client: QueryClient, command: Command): void {
  client.setQueryData<Page<Command>>(keys.commands.of(command.thingName), (page) => {
    if (!page) return page;
    const others = page.items.filter((other) => other.id !== command.id);
    const items = [command, ...others].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    return { ...page, items };
  });
}

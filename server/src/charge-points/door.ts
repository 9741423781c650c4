import type { DoorEntry } from '@cpo-console/shared/api/things.ts';
import type { LogEvent, LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import type { Database } from '../database/database.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import type { Registry } from '../registry/registry.ts';
import { createDoorDismissals } from './door-dismissals.ts';

const MAX_ENTRIES = 200;
/** How far back refusals are taken up after a restart. */
const REMEMBERED_MS = 86_400_000;
const REMEMBERED_ROWS = 1_000;
const CONFLICT = 'identity-conflict' as const;

export interface DoorOptions {
  log: Pick<MessageLog, 'subscribe' | 'query'>;
  registry: Pick<Registry, 'get' | 'onChange'>;
  database: Pick<Database, 'query' | 'write' | 'follow'>;
  now: () => number;
}

/**
 * Charge points that were refused at the handshake and have not got in since, and those whose name came twice at the
 * same time: these stay until somebody has seen them.
 */
export interface Door {
  /** Newest first. */
  list(): DoorEntry[];
  /** Out of sight for a day, however often it is refused for the same reason. Resolves to whether it stood there. */
  dismiss(thingName: string): Promise<boolean>;
  close(): void;
}

export async function createDoor({ log, registry, database, now }: DoorOptions): Promise<Door> {
  const waiting = new Map<string, DoorEntry>();
  const dismissals = await createDoorDismissals({ database, now });
  const list = () => [...waiting.values()].filter((entry) => !dismissals.has(entry));
  const remove = (thingName: string, isGone: (entry: DoorEntry) => boolean = () => true): boolean => {
    let removed = false;
    for (const [key, entry] of waiting) {
      if (entry.thingName === thingName && isGone(entry)) removed = waiting.delete(key) || removed;
    }
    return removed;
  };
  const take = (row: LogRow): void => {
    if (row.kind !== 'event') return;
    if (row.action === 'connected') remove(row.thingName, ({ reason }) => reason !== CONFLICT);
    if (row.action === 'refused' || row.action === CONFLICT) addEntry(waiting, row);
  };

  // Live ones wait in `missed` until those from before the start are in, so that the order is kept.
  let missed: LogRow[] | null = [];
  const stopLog = log.subscribe((entries) => {
    for (const { row } of entries) {
      if (missed === null) take(row);
      else missed.push(row);
    }
  });
  const remembered = await refusalsSince(log, now() - REMEMBERED_MS);
  const lastRemembered = remembered.at(-1)?.id ?? 0;
  for (const row of remembered) addEntry(waiting, row);
  await removeConnectedSince(log, { waiting, remembered });
  for (const row of missed) if (row.id > lastRemembered) take(row);
  missed = null;
  for (const { thingName } of waiting.values()) {
    if (registry.get(thingName) !== null) remove(thingName, ({ reason }) => reason === 'not-registered');
  }
  const stopRegistry = registry.onChange(({ thingName, kind }) => {
    if (kind !== 'updated') remove(thingName);
  });

  return {
    list: () => list().sort((a, b) => b.lastAt.localeCompare(a.lastAt)),
    async dismiss(thingName) {
      const shown = list().filter((entry) => entry.thingName === thingName);
      for (const entry of shown) await dismissals.add(entry);
      return shown.length > 0;
    },
    close: () => {
      stopLog();
      stopRegistry();
    },
  };
}

function addEntry(waiting: Map<string, DoorEntry>, row: LogRow): void {
  const details =
    row.action === CONFLICT
      ? { ...(JSON.parse(row.frame) as LogEvent['identity-conflict']), reason: CONFLICT, offeredProtocols: [] }
      : (JSON.parse(row.frame) as LogEvent['refused']);
  const key = JSON.stringify([row.thingName, details.reason]);
  const at = new Date(row.at).toISOString();
  const known = waiting.get(key);
  waiting.delete(key);
  waiting.set(key, {
    thingName: row.thingName,
    reason: details.reason,
    remoteAddress: details.remoteAddress,
    offeredProtocols: details.offeredProtocols,
    tries: (known?.tries ?? 0) + 1,
    firstAt: known?.firstAt ?? at,
    lastAt: at,
  });
  // The one that has been quiet for longest makes room.
  if (waiting.size > MAX_ENTRIES) waiting.delete(waiting.keys().next().value ?? '');
}

/** Oldest first. */
async function refusalsSince(log: Pick<MessageLog, 'query'>, from: number): Promise<LogRow[]> {
  const newest = { kind: 'event', from, order: 'desc', limit: REMEMBERED_ROWS } as const;
  const refusals = await log.query({ ...newest, action: 'refused' });
  const conflicts = await log.query({ ...newest, action: CONFLICT });
  return [...refusals, ...conflicts].sort((a, b) => a.id - b.id);
}

async function removeConnectedSince(
  log: Pick<MessageLog, 'query'>,
  { waiting, remembered }: { waiting: Map<string, DoorEntry>; remembered: readonly LogRow[] },
): Promise<void> {
  const lastRefusal = new Map(remembered.map((row) => [row.thingName, row.id]));
  for (const [key, { thingName, reason }] of waiting) {
    if (reason === CONFLICT) continue;
    const afterId = lastRefusal.get(thingName) ?? 0;
    const connected = await log.query({
      thingName,
      kind: 'event',
      action: 'connected',
      order: 'asc',
      afterId,
      limit: 1,
    });
    if (connected.length > 0) waiting.delete(key);
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../test/support/eventually.ts';
import { createMemoryMessageLog, type MemoryMessageLog } from '../../test/support/memory-message-log.ts';
import { createMemoryRegistry } from '../../test/support/memory-registry.ts';
import type { Database } from '../database/database.ts';
import { openTestDatabase } from '../database/testing/open-test-database.ts';
import { createEmbeddedShadows } from '../registry/embedded/embedded-shadows.ts';
import type { Registry } from '../registry/registry.ts';
import type { Shadows } from '../registry/shadows.ts';
import { createLiveStates, type LiveStates } from './live-states.ts';
import { reportState } from './report-state.ts';
import { createStateSnapshots } from './state-snapshots.ts';

const AT = Date.UTC(2026, 4, 4, 10);
const SINCE = '2026-05-04T10:00:00.000Z';

let folder: string;
let database: Database;
let log: MemoryMessageLog;
let liveStates: LiveStates;
let registry: Registry;
let shadows: Shadows;
let stop: () => Promise<void>;
let troubles: unknown[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-state-'));
  database = await openTestDatabase(folder);
  log = createMemoryMessageLog();
  liveStates = await createLiveStates({ log, snapshots: createStateSnapshots(database), notifyEveryMs: 5 });
  registry = createMemoryRegistry(() => AT);
  shadows = createEmbeddedShadows({ database, now: () => AT });
  troubles = [];
  start();
  await create('CP1');
});
afterEach(async () => {
  await stop();
  expect(troubles).toEqual([]);
  await liveStates.close();
  await database.close();
  await rm(folder, { recursive: true });
});

function start(): void {
  stop = reportState({ liveStates, registry, shadows, onTrouble: (error) => void troubles.push(error) });
}

const create = (thingName: string) => registry.create({ thingName, attributes: {}, tags: [], authType: 'none' });
const connect = (thingName: string, protocol: string) =>
  log.add({ thingName, kind: 'event', action: 'connected', frame: JSON.stringify({ protocol, instance: 'i' }) });
const disconnect = (thingName: string, at: number) =>
  log.add({ thingName, at, kind: 'event', action: 'disconnected', frame: JSON.stringify({ code: 1000, reason: '' }) });
const notify = (thingName: string, payload: unknown) =>
  log.add({
    thingName,
    action: 'StatusNotification',
    frame: JSON.stringify([2, 'm', 'StatusNotification', payload]),
  });
const status16 = (connectorId: number, status: string, thingName = 'CP1') =>
  notify(thingName, { connectorId, status, errorCode: 'NoError' });
const reported = async (thingName = 'CP1') => (await shadows.get(thingName)).state.reported;

/** Two more charge points, one after the other: the second is written after all that went with the first. */
async function settle(): Promise<void> {
  for (const position of [1, 2]) {
    const name = `marker-${position}-${log.lastId()}`;
    await create(name);
    connect(name, 'ocpp1.6');
    await eventually(async () => expect(await reported(name)).toHaveProperty('connectivity'));
  }
}

test('a shadow tells the connection and the connectors, beside what else was reported', async () => {
  await shadows.report('CP1', { reason: 'PowerUp' });
  connect('CP1', 'ocpp1.6');
  status16(1, 'Available');
  status16(2, 'Charging');
  await settle();
  expect(await reported()).toEqual({
    reason: 'PowerUp',
    connectivity: { connected: true, protocol: 'ocpp1.6', since: SINCE },
    connectors: [
      { connectorId: 1, status: 'Available' },
      { connectorId: 2, status: 'Charging' },
    ],
  });
  expect((await shadows.get('CP1')).version).toBe(2);
});

test('2.x: connectors have their EVSE, and the end of a connection its time', async () => {
  connect('CP1', 'ocpp2.0.1');
  notify('CP1', { timestamp: SINCE, connectorStatus: 'Occupied', evseId: 2, connectorId: 1 });
  await settle();
  disconnect('CP1', AT + 1_500);
  await settle();
  expect(await reported()).toEqual({
    connectivity: { connected: false, protocol: 'ocpp2.0.1', since: '2026-05-04T10:00:01.500Z' },
    connectors: [{ evseId: 2, connectorId: 1, status: 'Occupied' }],
  });
});

test('nothing is written for a heartbeat, a status said again, or the next start', async () => {
  connect('CP1', 'ocpp1.6');
  status16(1, 'Available');
  await settle();
  log.add({ thingName: 'CP1' });
  status16(1, 'Available');
  await settle();
  await stop();
  start();
  log.add({ thingName: 'CP1' });
  await settle();
  expect((await shadows.get('CP1')).version).toBe(1);
});

test('what changed while nobody wrote it down is found at the next start', async () => {
  connect('CP1', 'ocpp1.6');
  await settle();
  await stop();
  disconnect('CP1', AT + 1_000);
  start();
  await eventually(async () => expect(await reported()).toMatchObject({ connectivity: { connected: false } }));
});

test('who is not registered has no shadow until it is, and a removed one starts again', async () => {
  connect('CP2', 'ocpp1.6');
  await settle();
  expect((await shadows.get('CP2')).version).toBe(0);
  await create('CP2');
  await settle();
  expect(await reported('CP2')).toMatchObject({ connectivity: { connected: true } });
  await registry.remove('CP2');
  await shadows.remove('CP2');
  status16(1, 'Faulted', 'CP2');
  await settle();
  expect((await shadows.get('CP2')).version).toBe(0);
  await create('CP2');
  await settle();
  expect(await reported('CP2')).toMatchObject({ connectors: [{ connectorId: 1, status: 'Faulted' }] });
});

test('more connectors than a shadow holds: none are told, once, and the connection still is', async () => {
  connect('CP1', 'ocpp1.6');
  status16(1, 'Available');
  await settle();
  for (let connectorId = 2; connectorId <= 256; connectorId += 1) status16(connectorId, 'Available');
  disconnect('CP1', AT + 1_000);
  await settle();
  expect(await reported()).toMatchObject({ connectivity: { connected: false } });
  expect(await reported()).not.toHaveProperty('connectors');
  const { version } = await shadows.get('CP1');
  log.add({ thingName: 'CP1' });
  await settle();
  expect((await shadows.get('CP1')).version).toBe(version);
});

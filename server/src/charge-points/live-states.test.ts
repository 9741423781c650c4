import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChargePointState, initialState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { fold } from '@cpo-console/shared/projection/fold.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryMessageLog, type MemoryMessageLog } from '../../test/support/memory-message-log.ts';
import type { Database } from '../database/database.ts';
import { openTestDatabase } from '../database/testing/open-test-database.ts';
import { openTestLog } from '../message-log/testing/open-test-log.ts';
import { createLiveStates, type LiveStates } from './live-states.ts';
import { createStateSnapshots } from './state-snapshots.ts';

let folder: string;
let database: Database;
let log: MemoryMessageLog;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'live-states-'));
  database = await openTestDatabase(folder);
  log = createMemoryMessageLog();
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const start = (options = {}): Promise<LiveStates> =>
  createLiveStates({ log, snapshots: createStateSnapshots(database), notifyEveryMs: 5, ...options });

const connect = (thingName: string, connectionId: string) =>
  log.add({
    thingName,
    connectionId,
    kind: 'event',
    action: 'connected',
    frame: JSON.stringify({ protocol: 'ocpp1.6', remoteAddress: '10.0.0.1', instance: 'i' }),
  });
const status = (thingName: string, connectorId: number, word: string) =>
  log.add({
    thingName,
    action: 'StatusNotification',
    frame: JSON.stringify([2, 'm', 'StatusNotification', { connectorId, status: word, errorCode: 'NoError' }]),
  });

async function folded(thingName: string): Promise<ChargePointState> {
  let state = initialState(thingName);
  await log.replay(0, (row) => {
    if (row.thingName === thingName) state = fold(state, row);
  });
  return state;
}

describe('live states', () => {
  it('are the fold of the log', async () => {
    const states = await start();
    connect('CP1', 'a');
    status('CP1', 1, 'Charging');
    connect('CP2', 'b');
    expect(states.get('CP1')).toEqual(await folded('CP1'));
    expect(states.get('CP2')?.connected).toBe(true);
    expect(states.get('CP3')).toBeNull();
    await states.close();
  });

  it('are the same after a stop, from what was saved', async () => {
    const before = await start();
    connect('CP1', 'a');
    status('CP1', 1, 'Charging');
    await before.close();
    status('CP1', 2, 'Faulted');
    connect('CP2', 'b');

    const replayedFrom: number[] = [];
    const replay = log.replay;
    log.replay = (afterId, visit) => {
      replayedFrom.push(afterId);
      return replay(afterId, visit);
    };
    const after = await start();
    expect(replayedFrom).toEqual([2]);
    expect(after.get('CP1')).toEqual(await folded('CP1'));
    expect(after.get('CP2')).toEqual(await folded('CP2'));
    await after.close();
  });

  it('are the same after a crash at any time', async () => {
    const crashed = await start({ saveEveryMs: 1 });
    for (let at = 0; at < 50; at += 1) {
      connect(`CP${at % 3}`, String(at));
      status(`CP${at % 3}`, at, 'Available');
      if (at % 10 === 0) await new Promise(setImmediate);
    }
    // No close: what runs on after a crash is of no use to the one that starts now.
    const states = await start();
    for (const name of ['CP0', 'CP1', 'CP2']) expect(states.get(name)).toEqual(await folded(name));
    await states.close();
    await crashed.close();
  });

  it('are the same after a restart over the log on disk', async () => {
    const open = () => openTestLog(folder);
    const first = await open();
    const before = await createLiveStates({ log: first, snapshots: createStateSnapshots(database), saveEveryMs: 1 });
    for (let at = 0; at < 300; at += 1) {
      const frame = JSON.stringify([
        2,
        'm',
        'StatusNotification',
        { connectorId: at % 3, status: 'Available', errorCode: 'NoError' },
      ]);
      const row = {
        direction: 'in',
        kind: 'call',
        action: 'StatusNotification',
        messageId: 'm',
        latencyMs: null,
      } as const;
      first.append(
        {
          ...row,
          thingName: `CP${at % 5}`,
          connectionId: 'a',
          at: Date.now(),
          frame,
          errorCode: null,
          violations: null,
        },
        null,
      );
      if (at % 50 === 0) await new Promise<void>((resolve) => first.whenDurable(() => resolve()));
    }
    await new Promise<void>((resolve) => first.whenDurable(() => resolve()));
    const expected = ['CP0', 'CP4'].map((name) => before.get(name));
    expect(expected[0]?.connectors).toHaveLength(2);
    await first.close();
    const second = await open();
    const after = await createLiveStates({ log: second, snapshots: createStateSnapshots(database) });
    expect(['CP0', 'CP4'].map((name) => after.get(name))).toEqual(expected);
    await Promise.all([before.close(), after.close()]);
    await second.close();
  });

  it('keep rows that come while the old ones are replayed in order', async () => {
    connect('CP1', 'a');
    const replay = log.replay;
    log.replay = async (afterId, visit) => {
      status('CP1', 1, 'Preparing');
      await replay(afterId, visit);
      status('CP1', 1, 'Charging');
    };
    const states = await start();
    log.replay = replay;
    expect(states.get('CP1')).toEqual(await folded('CP1'));
    expect(states.get('CP1')?.connectors[0]?.status).toBe('Charging');
    await states.close();
  });

  it('name the connections that the process before left open', async () => {
    connect('CP1', 'a');
    connect('CP2', 'b');
    log.add({
      thingName: 'CP2',
      connectionId: 'b',
      kind: 'event',
      action: 'disconnected',
      frame: '{"code":1001,"reason":""}',
    });
    const states = await start();
    expect(states.connectedAtStart()).toEqual([{ thingName: 'CP1', connectionId: 'a' }]);
    await states.close();
  });

  it('make no state of one that was only refused', async () => {
    const states = await start();
    log.add({
      thingName: 'X',
      connectionId: '',
      kind: 'event',
      action: 'refused',
      frame: '{"reason":"not-registered"}',
    });
    expect(states.get('X')).toBeNull();
    await states.close();
  });

  it('tell of many changes at once', async () => {
    const states = await start();
    const told: string[][] = [];
    states.onChange((changed) => told.push([...changed]));
    connect('CP1', 'a');
    for (let at = 0; at < 100; at += 1) status('CP1', 1, 'Available');
    connect('CP2', 'b');
    await expect.poll(() => told).toEqual([['CP1', 'CP2']]);
    expect(states.changedAfter(101)).toEqual(['CP2']);
    await states.close();
  });

  it('save a configuration only when it has changed', async () => {
    const first = await start();
    connect('CP1', 'a');
    log.add({
      thingName: 'CP1',
      direction: 'out',
      action: 'GetConfiguration',
      messageId: 'g',
      frame: '[2,"g","GetConfiguration",{}]',
    });
    log.add({
      thingName: 'CP1',
      kind: 'result',
      action: 'GetConfiguration',
      messageId: 'g',
      frame: '[3,"g",{"configurationKey":[{"key":"HeartbeatInterval","readonly":false,"value":"60"}]}]',
    });
    await first.close();
    const second = await start();
    expect(second.get('CP1')?.configuration).toHaveLength(1);
    status('CP1', 1, 'Available');
    await second.close();
    const third = await start();
    expect(third.get('CP1')).toEqual(await folded('CP1'));
    await third.close();
  });
});

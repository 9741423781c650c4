import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { type ChargePointState, initialState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { fold } from '@cpo-console/shared/projection/fold.ts';
import { TestLog } from '@cpo-console/shared/projection/test-log.ts';
import { beforeEach, expect, it } from 'vitest';
import type { Presence } from '../bus/presence.ts';
import { createPresences, type Presences } from '../csms/presences.ts';
import { correctConnections } from './correct-connections.ts';

const alive = new Set<string>();
let isHeir: boolean;
let presences: Presences;
let state: ChargePointState;
/** What was written, and is not folded yet. */
let written: LogRow[];
let change: () => void;
let settle: () => void;
let lose: (instance: string) => void;

beforeEach(() => {
  alive.clear();
  alive.add('us');
  isHeir = true;
  presences = createPresences();
  state = initialState('CP1');
  written = [];
  correctConnections({
    csms: { gone: (name) => void presences.take('CP1', at(name, false)) },
    log: { append: (row) => written[written.push({ ...row, id: written.length + 1 }) - 1] as LogRow },
    liveStates: {
      get: () => state,
      list: () => [['CP1', state] as [string, ChargePointState]].values(),
      onChange: (listener) => {
        change = () => listener(new Set(['CP1']));
        return () => undefined;
      },
      connectedAtStart: () => [],
    },
    presences,
    instance: 'us',
    instances: {
      isHeir: () => isHeir,
      isAlive: (name) => alive.has(name),
      onSettled: (listener) => {
        settle = listener;
      },
      onGone: (listener) => {
        lose = listener;
      },
    },
    now: Date.now,
  });
});

const at = (instance: string, connected: boolean): Presence => ({
  connectionId: 'c1',
  instance,
  epoch: 1,
  connected,
  protocol: 'ocpp1.6',
  remoteAddress: '192.0.2.1',
});
const connectAt = (instance: string): void => {
  state = new TestLog().connect('ocpp1.6', 'c1', instance).rows.reduce((before, row) => fold(before, row), state);
  presences.take('CP1', at(instance, true));
};
const takeIn = (): void => {
  for (const row of written.splice(0)) state = fold(state, row);
  change();
};

it('one that was connected to a process that is gone is offline, said once', () => {
  connectAt('other');
  lose('other');
  // It says more meanwhile, that had been on its way.
  change();
  expect(written).toMatchObject([{ action: 'disconnected', connectionId: 'c1' }]);
  takeIn();
  expect(state.connected).toBe(false);
  expect(written).toEqual([]);
});

it('so is one that only the process that is gone knew of, once that is back with what it knew', () => {
  lose('other');
  connectAt('other');
  presences.take('CP1', at('other', false));
  change();
  takeIn();
  expect(state.connected).toBe(false);
});

it('and one that nobody has held since the whole fleet of processes was started anew', () => {
  connectAt('of an earlier day');
  settle();
  takeIn();
  expect(state.connected).toBe(false);
});

it('the others leave that to one of them', () => {
  isHeir = false;
  connectAt('other');
  lose('other');
  expect(written).toEqual([]);
});

it('one that goes on here is online again, whatever others took this process for', () => {
  connectAt('us');
  written.push(...new TestLog().connect('ocpp1.6').event('disconnected', { code: 1006, reason: '' }).rows.slice(1));
  takeIn();
  expect(written).toMatchObject([{ action: 'connected', connectionId: 'c1' }]);
  takeIn();
  expect(state).toMatchObject({ connected: true, instance: 'us', remoteAddress: '192.0.2.1' });
  expect(written).toEqual([]);
});

it('one that has closed its connection is left alone', () => {
  connectAt('us');
  presences.take('CP1', at('us', false));
  written.push(...new TestLog().connect('ocpp1.6').event('disconnected', { code: 1000, reason: '' }).rows.slice(1));
  takeIn();
  expect(written).toEqual([]);
});

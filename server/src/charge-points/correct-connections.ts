import type { LogEvent } from '@cpo-console/shared/message-log/log-row.ts';
import type { ChargePointState } from '@cpo-console/shared/projection/charge-point-state.ts';
import type { Presence } from '../bus/presence.ts';
import type { Csms } from '../csms/dispatch/csms.ts';
import type { Presences } from '../csms/presences.ts';
import type { Instances } from '../instances/instances.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import type { LiveStates } from './live-states.ts';

export interface CorrectConnectionsOptions {
  csms: Pick<Csms, 'gone'>;
  log: Pick<MessageLog, 'append'>;
  liveStates: Pick<LiveStates, 'get' | 'list' | 'onChange' | 'connectedAtStart'>;
  presences: Pick<Presences, 'get'>;
  /** Names this process among those that share the work. */
  instance: string;
  /** null: there is only this process. */
  instances: Pick<Instances, 'onGone' | 'onSettled' | 'isAlive' | 'isHeir'> | null;
  now: () => number;
}

type Said = { [action in 'connected' | 'disconnected']: { action: action; details: LogEvent[action] } };
type Correction = Said[keyof Said] & { connectionId: string };

/**
 * Sets right what the log says about connections. Nobody wrote that those of a killed process ended; and those of a process that
 * was stopped for a while were given up by the others, though they go on.
 */
export function correctConnections({ csms, log, liveStates, presences, ...options }: CorrectConnectionsOptions): void {
  const { instance, instances, now } = options;
  const append = (thingName: string, { action, connectionId, details }: Correction): void => {
    const nothing = { messageId: null, latencyMs: null, errorCode: null, violations: null };
    const event = { at: now(), direction: 'in', kind: 'event', action, frame: JSON.stringify(details) } as const;
    log.append({ thingName, connectionId, ...event, ...nothing }, null);
  };

  if (instances === null) {
    for (const { thingName, connectionId } of liveStates.connectedAtStart())
      append(thingName, lost(connectionId, 'The server was restarted'));
    return;
  }

  /** What was appended and does not show in the state yet, by thing. */
  const onItsWay = new Map<string, string>();

  function correct(thingName: string, state: ChargePointState): void {
    const correction = correctionOf(state, presences.get(thingName));
    if (correction === null) {
      onItsWay.delete(thingName);
      return;
    }
    const key = `${correction.action} ${correction.connectionId}`;
    if (onItsWay.get(thingName) === key) return;
    onItsWay.set(thingName, key);
    append(thingName, correction);
  }

  function correctionOf(state: ChargePointState, presence: Presence | null): Correction | null {
    const { connected, connectionId, instance: holder } = state;
    if (connectionId === null) return null;
    const isNewest = presence?.connectionId === connectionId;
    if (connected) {
      if (!instances?.isHeir()) return null;
      const isHeld = holder === null ? isNewest : instances.isAlive(holder);
      return isHeld ? null : lost(connectionId, 'The server is gone');
    }
    if (!isNewest || !presence.connected || presence.instance !== instance) return null;
    const { protocol, remoteAddress } = presence;
    return { action: 'connected', connectionId, details: { protocol, remoteAddress, instance } };
  }

  const correctAll = (): void => {
    for (const [thingName, state] of liveStates.list()) correct(thingName, state);
  };
  instances.onSettled(correctAll);
  instances.onGone((name) => {
    csms.gone(name);
    correctAll();
  });
  // What a killed process had not handed in comes when it is back.
  liveStates.onChange((changed) => {
    for (const thingName of changed) {
      const state = liveStates.get(thingName);
      if (state !== null) correct(thingName, state);
    }
  });
}

const lost = (connectionId: string, reason: string): Correction => ({
  action: 'disconnected',
  connectionId,
  details: { code: 1006, reason },
});

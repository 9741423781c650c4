import type { Csms } from '../csms/dispatch/csms.ts';
import type { Presences } from '../csms/presences.ts';
import type { Instances } from '../instances/instances.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import type { LiveStates } from './live-states.ts';

export interface LostConnectionsOptions {
  csms: Pick<Csms, 'gone'>;
  log: Pick<MessageLog, 'append'>;
  liveStates: Pick<LiveStates, 'get' | 'connectedAtStart'>;
  presences: Pick<Presences, 'get'>;
  /** null: there is only this process. */
  instances: Pick<Instances, 'onGone' | 'onSettled'> | null;
  now: () => number;
}

type Lost = { thingName: string; connectionId: string };

/** Connections that were open when their process was killed: nobody else writes that they ended. */
export function markLostConnections({ csms, log, liveStates, ...options }: LostConnectionsOptions): void {
  const { presences, instances, now } = options;
  const mark = ({ thingName, connectionId }: Lost, reason: string): void => {
    const frame = JSON.stringify({ code: 1006, reason });
    const event = { at: now(), direction: 'in', kind: 'event', action: 'disconnected', frame } as const;
    const nothing = { messageId: null, latencyMs: null, errorCode: null, violations: null };
    log.append({ thingName, connectionId, ...event, ...nothing }, null);
  };

  if (instances === null) {
    for (const lost of liveStates.connectedAtStart()) mark(lost, 'The server was restarted');
    return;
  }
  const isStillOpen = ({ thingName, connectionId }: Lost): boolean => {
    const state = liveStates.get(thingName);
    return state?.connected === true && state.connectionId === connectionId;
  };
  instances.onSettled((isHeir) => {
    for (const lost of isHeir ? liveStates.connectedAtStart() : []) {
      const isHeld = presences.get(lost.thingName)?.connectionId === lost.connectionId;
      if (!isHeld && isStillOpen(lost)) mark(lost, 'The server was restarted');
    }
  });
  instances.onGone((name, isHeir) => {
    const held = csms.gone(name);
    for (const lost of isHeir ? held : []) if (isStillOpen(lost)) mark(lost, 'The server is gone');
  });
}
